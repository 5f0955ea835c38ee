using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Conformance;

/// <summary>What the cases about workers share: a host with a real store, and a clock that stands still until told.</summary>
public abstract class HostedTests : IAsyncLifetime
{
    protected static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    protected IHost? Host { get; private set; }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    protected Script Script { get; } = new();

    protected ObservedStore Store { get; private set; } = null!;

    protected IJobClient Client => Host!.Services.GetRequiredService<IJobClient>();

    /// <summary>Chooses the provider.</summary>
    protected abstract void UseProvider(IProDevJobsBuilder builder);

    /// <summary>Deletes what the store left behind.</summary>
    protected virtual void Cleanup()
    {
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (Host is not null)
            await ((IAsyncDisposable)Host).DisposeAsync();
        Cleanup();
    }

    protected async Task StartAsync(Action<WorkerOptions>? configure = null, bool start = true, ILoggerFactory? logging = null, Func<double>? jitter = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton(Script);
        if (logging is not null)
            builder.Services.AddSingleton(logging);
        IProDevJobsBuilder jobs = builder.Services.AddProDevJobs(o => o.Backoff.Randomness = jitter ?? (static () => 1));
        UseProvider(jobs);
        jobs.AddJobsFromThisAssembly().AddWorker(configure);

        ServiceDescriptor provider = builder.Services.Last(d => d.ServiceType == typeof(IJobStore));
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(services => Store = new ObservedStore((IJobStore)(
            provider.ImplementationFactory?.Invoke(services) ?? ActivatorUtilities.CreateInstance(services, provider.ImplementationType!)))));
        Host = builder.Build();
        _ = Host.Services.GetRequiredService<IJobStore>();
        if (start)
            await Host.StartAsync();
    }

    protected async Task<JobInfo> UntilAsync(Guid id, JobState state, TimeSpan advance = default)
    {
        JobInfo? info = null;
        await UntilAsync(async () => (info = await Store.FindAsync(id, default))?.State == state, advance, () => $"{info}");
        return info!;
    }

    /// <summary>Waits for a condition, moving the clock in small steps. The limit is real time and only ends a test that hangs.</summary>
    protected async Task UntilAsync(Func<Task<bool>> condition, TimeSpan advance = default, Func<string>? describe = null)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Hang, $"The test hangs. Last seen: {describe?.Invoke()}");
            Time.Advance(advance);
            await Task.Delay(1);
        }
    }

    protected BackgroundService Worker() => Host!.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
}
