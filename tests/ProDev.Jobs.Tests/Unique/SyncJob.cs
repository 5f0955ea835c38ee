using System.Text.Json.Serialization;

namespace ProDev.Jobs.Tests;

/// <summary>A class that says itself by what its jobs are unique.</summary>
[Job("unique.sync")]
[JobUnique(nameof(Args.Customer), nameof(Args.Region), OnConflict = JobConflict.Replace, Period = "01:00:00")]
public sealed class SyncJob : IJob<SyncJob.Args>
{
    public sealed record Args(int Customer, string Note = "", [property: JsonPropertyName("area")] string? Region = null);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
