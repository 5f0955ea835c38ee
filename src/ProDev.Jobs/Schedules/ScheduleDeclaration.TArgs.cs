namespace ProDev.Jobs;

internal sealed class ScheduleDeclaration<TArgs>(string name, ScheduleOptions options, Type? jobType, TArgs args) : ScheduleDeclaration(name, options)
    where TArgs : notnull
{
    protected override JobEnvelope CreateJob(JobRegistry registry, EnvelopeFactory envelopes)
        => envelopes.CreateForSchedule(jobType is null ? registry.ForArguments(typeof(TArgs)) : registry.ForJob(jobType), args, Options);
}
