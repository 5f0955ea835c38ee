namespace ProDev.Jobs;

/// <summary>
/// What a waiter knows of the jobs of a canvas. A look costs few queries, however many jobs there are: those that have ended since, and some that have not;
/// so a whole canvas of n jobs costs in the order of n, not of its square.
/// </summary>
internal sealed class CanvasWatch(IReadOnlyList<Guid> ids, ResultWaiter waiter)
{
    /// <summary>How many jobs that have not ended a look asks for in the order of the plan, and as many again wherever the last look stopped.</summary>
    internal const int Misses = 16;

    private readonly LinkedList<Guid> _open = new(ids);
    private LinkedListNode<Guid>? _next;

    public Dictionary<Guid, JobInfo> Succeeded { get; } = [];

    /// <summary>Returns whether a job is under way.</summary>
    /// <exception cref="JobFailedException">A job was given up or revoked.</exception>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        // In the order of the plan, so that what follows a job that has ended is in the store when it is looked for.
        bool isUnderWay = false;
        int misses = 0;
        LinkedListNode<Guid>? node = _open.First;
        while (node is not null && !(isUnderWay && misses >= Misses))
        {
            LinkedListNode<Guid>? next = node.Next;
            JobState? state = await LookAsync(node, cancellationToken).ConfigureAwait(false);
            if (state != JobState.Succeeded)
                misses++;
            isUnderWay |= state is not null and not JobState.Succeeded;
            node = next;
        }

        if (isUnderWay)
            await PatrolAsync(node, cancellationToken).ConfigureAwait(false);
        return isUnderWay;
    }

    // A job further on that was given up is not to be learnt of only when all before it have ended.
    private async Task PatrolAsync(LinkedListNode<Guid>? start, CancellationToken cancellationToken)
    {
        LinkedListNode<Guid>? node = _next?.List is null ? start : _next;
        for (int misses = 0; node is not null && misses < Misses; misses++)
        {
            LinkedListNode<Guid>? next = node.Next;
            await LookAsync(node, cancellationToken).ConfigureAwait(false);
            node = next;
        }

        _next = node;
    }

    private async Task<JobState?> LookAsync(LinkedListNode<Guid> node, CancellationToken cancellationToken)
    {
        JobInfo? job = await waiter.FindAsync(node.Value, cancellationToken).ConfigureAwait(false);
        if (job is null || !ResultWaiter.IsEnded(job))
            return job?.State;
        if (job.State != JobState.Succeeded)
            throw new JobFailedException(job);
        Succeeded.Add(node.Value, job);
        _open.Remove(node);
        return JobState.Succeeded;
    }
}
