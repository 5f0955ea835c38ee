using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Testing.Tests;

/// <summary>Starts hosts with one <see cref="WorkJob"/>, and enqueues it.</summary>
internal static class Work
{
    public const string Name = "work";
    public const string Queue = "works";

    public static Task<JobTestHost> StartAsync(
        Func<Call, Task> work, Action<JobTestOptions>? configure = null, JobDefinition? definition = null, Action<IServiceCollection>? services = null)
        => JobTestHost.StartAsync(
            jobs => jobs.AddJob<WorkJob, WorkJob.Args>(
                definition ?? new JobDefinition(Name) { Queue = Queue, MaxAttempts = 3 },
                s => new WorkJob(work, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IJobClient>())),
            services,
            configure);

    public static async Task<Guid> EnqueueAsync(this JobTestHost host, string text, Action<EnqueueOptions>? configure = null)
        => (await host.Jobs.EnqueueAsync(new WorkJob.Args(text), configure)).Id;

    public static IEnumerable<string> Texts(this JobTestHost host) => host.Runs.Select(static r => ((WorkJob.Args)r.Args!).Text);

    public static TimeSpan Elapsed(this JobTestHost host) => host.Time.GetUtcNow() - new JobTestOptions().StartTime;
}
