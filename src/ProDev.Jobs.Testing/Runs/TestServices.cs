using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProDev.Jobs.Testing;

/// <summary>Builds the container of a test host: what the application registers, with clock, store and worker replaced.</summary>
internal static class TestServices
{
    // Longer than any test moves the clock while a job runs, so that neither a heartbeat nor a rescue has a part in it. A delay has at most 49 days.
    private static readonly TimeSpan Lease = TimeSpan.FromDays(120);
    private static readonly TimeSpan PollInterval = TimeSpan.FromDays(40);

    /// <summary>How long a job that ignores its token holds up the end; the same as in the worker.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    public static ServiceProvider Build(
        JobTestOptions options, Action<IProDevJobsBuilder> configureJobs, Action<IServiceCollection>? configureServices)
    {
        var clock = new VirtualClock(options.StartTime);
        var services = new ServiceCollection();
        services.AddLogging();
        IProDevJobsBuilder jobs = services.AddProDevJobs(static o =>
        {
            o.Retention = Timeout.InfiniteTimeSpan;
            o.Backoff.Randomness = static () => 1;
        }).AddJobMiddleware<AttemptMiddleware>();
        configureJobs(jobs);
        configureServices?.Invoke(services);

        services.AddSingleton(clock);
        services.AddSingleton<AttemptLog>();
        services.AddSingleton<MemoryJobStore>();
        services.AddSingleton<JobGate>();
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        services.Replace(ServiceDescriptor.Singleton<IJobStore>(static s => s.GetRequiredService<MemoryJobStore>()));
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>The real worker. It takes one job at a time for each that it runs, so that the order is the store's.</summary>
    public static JobWorker CreateWorker(IServiceProvider services, JobTestOptions options, IReadOnlyList<string> queues)
        => ProDevJobsBuilderExtensions.ActivateWorker(services, new WorkerOptions
        {
            Concurrency = options.Concurrency,
            Queues = [.. queues],
            Prefetch = 0,
            Lease = Lease,
            PollInterval = PollInterval,
            Settled = services.GetRequiredService<AttemptLog>().Settled,
        });
}
