namespace ProDev.Jobs;

/// <summary>Unique jobs.</summary>
internal sealed partial class MemoryJobStore
{
    /// <summary>Answers for a job that another one keeps out.</summary>
    private EnqueuedJob Resolve(MemoryJob other, JobEnvelope envelope, JobState state, DateTimeOffset runAt, DateTimeOffset now)
    {
        JobConflict action = other.IsWaiting ? envelope.Unique!.OnConflict : JobConflict.Skip;
        if (action == JobConflict.Replace)
            _table.Replace(other, envelope.AsReplacement(now), state, runAt);
        else if (action == JobConflict.Reschedule)
            _table.Move(other, state, runAt);
        return new EnqueuedJob(other.Id, AlreadyExisted: true)
        {
            Outcome = action switch
            {
                JobConflict.Replace => EnqueueOutcome.Replaced,
                JobConflict.Reschedule => EnqueueOutcome.Rescheduled,
                _ => EnqueueOutcome.Existed,
            },
        };
    }
}
