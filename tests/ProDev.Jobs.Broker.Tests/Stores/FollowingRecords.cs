namespace ProDev.Jobs.Broker.Tests;

/// <summary>Turns what follows into records of the store, and remembers what is to be published once they are there.</summary>
internal sealed class FollowingRecords(Func<JobEnvelope, JobEnvelope> recorded)
{
    private readonly Dictionary<Guid, JobEnvelope> _jobs = [];

    /// <summary>What follows. May hold jobs of a join that was worked out and undone; they are not in the store, and nobody can lease them.</summary>
    public IEnumerable<JobEnvelope> Jobs => _jobs.Values;

    public JobFollowUp? Record(JobFollowUp? followUp) => followUp is null ? null : new JobFollowUp
    {
        Jobs = [.. followUp.Jobs.Select(Record)],
        Contribution = followUp.Contribution is not { } part ? null : new JobContribution
        {
            JoinId = part.JoinId,
            Index = part.Index,
            Size = part.Size,
            Result = part.Result,
            Join = results => Record(part.Join(results))!,
        },
    };

    private JobEnvelope Record(JobEnvelope job)
    {
        _jobs[job.Id] = job;
        return recorded(job);
    }
}
