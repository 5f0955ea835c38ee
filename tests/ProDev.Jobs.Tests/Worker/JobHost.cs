using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Tests;

/// <summary>A host with one worker, the store in memory, a clock that stands still until told, and one job that does what the test says.</summary>
internal sealed class JobHost : IAsyncDisposable
{
    public const string JobName = "body";
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private IHost _host = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public LogRecorder Logs { get; } = new();

    public ConcurrentQueue<JobContext> Runs { get; } = new();

    public ConcurrentQueue<BodyJob.Args> Arguments { get; } = new();

    public Func<JobContext, CancellationToken, Task> Body { get; set; } = static (_, _) => Task.CompletedTask;

    public IServiceProvider Services => _host.Services;

    public IJobClient Client => Services.GetRequiredService<IJobClient>();

    public IJobStore Store => Services.GetRequiredService<IJobStore>();

    public BackgroundService Worker => Services.GetServices<IHostedService>().OfType<BackgroundService>().Single();

    /// <summary>Builds the host and starts it, unless told otherwise. One job runs at a time.</summary>
    public static async Task<JobHost> CreateAsync(
        JobDefinition? definition = null, Action<IProDevJobsBuilder>? configure = null, Action<WorkerOptions>? worker = null, bool start = true)
    {
        var host = new JobHost();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLogging(l => l.AddProvider(host.Logs).SetMinimumLevel(LogLevel.Trace));
        builder.Services.AddSingleton<TimeProvider>(host.Time);
        IProDevJobsBuilder jobs = builder.Services.AddProDevJobs(o => o.Backoff.Randomness = static () => 1)
            .AddJob<BodyJob, BodyJob.Args>(definition ?? new JobDefinition(JobName) { MaxAttempts = 3 }, _ => new BodyJob(host))
            .AddWorker(o =>
            {
                o.Concurrency = 1;
                worker?.Invoke(o);
            });
        configure?.Invoke(jobs);
        host._host = builder.Build();
        if (start)
            await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _host.StartAsync();

    public async Task<Guid> EnqueueAsync(Action<EnqueueOptions>? configure = null)
        => (await Client.EnqueueAsync(new BodyJob.Args("a"), configure)).Id;

    public async Task<JobInfo> UntilAsync(Guid id, JobState state, TimeSpan advance = default)
    {
        JobInfo? info = null;
        await UntilAsync(async () => (info = await Store.FindAsync(id, default))?.State == state, advance, () => $"{info}");
        return info!;
    }

    /// <summary>Waits for a condition, moving the clock in small steps. The limit is real time and only ends a test that hangs.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan advance = default, Func<string>? describe = null)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Hang, $"The test hangs. Last seen: {describe?.Invoke()}");
            Time.Advance(advance);
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        Logs.Dispose();
    }
}
