using System.Buffers;
using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>The receipt for an enqueued canvas.</summary>
public sealed class CanvasHandle
{
    private readonly ResultWaiter _waiter;
    private readonly CanvasEnd _end;

    internal CanvasHandle(IReadOnlyList<Guid> jobIds, bool alreadyExisted, CanvasEnd end, ResultWaiter waiter)
    {
        JobIds = jobIds;
        AlreadyExisted = alreadyExisted;
        _end = end;
        _waiter = waiter;
    }

    /// <summary>
    /// The ids of all jobs of the canvas, in the order of the plan, without callbacks and error callbacks. Those whose turn has not come are not in
    /// the store yet.
    /// </summary>
    public IReadOnlyList<Guid> JobIds { get; }

    /// <summary>Whether nothing was enqueued because jobs of a canvas with the same idempotency key are in the store.</summary>
    public bool AlreadyExisted { get; }

    /// <summary>
    /// Waits for the result of the canvas: that of its last job, or of a group at its end the results of all members in their order, as a list.
    /// </summary>
    /// <typeparam name="TResult">The result type of the last job; for a group, a list of that type, such as an array.</typeparam>
    /// <param name="cancellationToken">Cancels the wait, not the jobs.</param>
    /// <returns>The result.</returns>
    /// <exception cref="JobFailedException">A job of the canvas was given up or revoked. It may be replayed, and then waited for again.</exception>
    /// <exception cref="InvalidOperationException">
    /// A last job returns nothing, its result does not fit <typeparamref name="TResult"/>, or a job was discarded, or pruned before its result could
    /// be read.
    /// </exception>
    public async Task<TResult> ResultAsync<TResult>(CancellationToken cancellationToken = default)
    {
        var watch = new CanvasWatch(JobIds, _waiter);
        while (true)
        {
            byte[]? json = await _waiter.LookOrWaitAsync(id: null, () => LookAsync(watch, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (json is not null)
                return _waiter.Read<TResult>(json, "the canvas");
        }
    }

    private async Task<byte[]?> LookAsync(CanvasWatch watch, CancellationToken cancellationToken)
    {
        bool isUnderWay = await watch.LookAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(buffer);
        await using (writer.ConfigureAwait(false))
        {
            if (!TryWrite(writer, _end, watch.Succeeded))
                return isUnderWay ? null : throw Gone();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static InvalidOperationException Gone()
        => new("No job of the canvas is under way, and its result is not there: a job was discarded, or was pruned after it had ended (JobsOptions.Retention).");

    private static bool HasEnded(CanvasEnd end, Dictionary<Guid, JobInfo> succeeded)
        => end.Job is { } id
            ? succeeded.ContainsKey(id)
            : (end.After is null || HasEnded(end.After, succeeded)) && end.Members.All(m => HasEnded(m, succeeded));

    private static bool TryWrite(Utf8JsonWriter writer, CanvasEnd end, Dictionary<Guid, JobInfo> succeeded)
    {
        if (end.Job is { } id)
        {
            if (!succeeded.TryGetValue(id, out JobInfo? job))
                return false;
            writer.WriteRawValue(ResultWaiter.ResultOf(job).Span);
            return true;
        }

        if (end.After is { } before && !HasEnded(before, succeeded))
            return false;
        writer.WriteStartArray();
        foreach (CanvasEnd member in end.Members)
        {
            if (!TryWrite(writer, member, succeeded))
                return false;
        }

        writer.WriteEndArray();
        return true;
    }
}
