using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

/// <summary>
/// Hosts with schedulers and no worker, on one store whose clock stands still until told. What they enqueue is taken by the test. The clocks of the
/// hosts are their own.
/// </summary>
internal sealed class ScheduleHost : IAsyncDisposable
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly List<IHost> _hosts = [];
    private readonly IJobStore _store;

    public ScheduleHost(DateTimeOffset? start = null)
    {
        Time = new FakeTimeProvider(start ?? new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        _store = MemoryStores.Create(Time);
    }

    public FakeTimeProvider Time { get; }

    public IJobStore Store => _store;

    public LogRecorder Logs { get; } = new();

    public IJobSchedules Schedules => _hosts[0].Services.GetRequiredService<IJobSchedules>();

    /// <summary>Starts a host with a scheduler.</summary>
    /// <param name="schedules">What it declares.</param>
    /// <param name="clock">Its clock; <see langword="null"/> for that of the store.</param>
    /// <param name="alwaysLeads">Whether it believes to lead, whatever the store says.</param>
    public async Task<IHost> StartAsync(Action<JobSchedulesBuilder>? schedules = null, TimeProvider? clock = null, bool alwaysLeads = false)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLogging(l => l.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        builder.Services.AddSingleton(clock ?? Time);
        IProDevJobsBuilder jobs = builder.Services.AddProDevJobs()
            .AddJob<FirstJob, CityId>(new JobDefinition("first") { Queue = "default", MaxAttempts = 2 }, static _ => new FirstJob())
            .AddJob<SyncJob, SyncJob.Args>(new JobDefinition("sync") { Unique = JobUniqueness.By("customer") }, static _ => new SyncJob())
            .AddScheduler();
        if (schedules is not null)
            jobs.AddSchedules(schedules);
        builder.Services.Replace(ServiceDescriptor.Singleton(new ObservedStore(_store) { AlwaysLeads = alwaysLeads }));
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(static s => s.GetRequiredService<ObservedStore>()));
        IHost host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Moves the clock in steps, and waits at each until nothing is due any more.</summary>
    public async Task PassAsync(TimeSpan duration, TimeSpan? step = null)
    {
        DateTimeOffset end = Time.GetUtcNow() + duration;
        await SettleAsync();
        while (Time.GetUtcNow() < end)
        {
            TimeSpan left = end - Time.GetUtcNow();
            Time.Advance(step is { } size && size < left ? size : left);
            await SettleAsync();
        }
    }

    /// <summary>Waits until a condition holds. The limit is real time and only ends a test that hangs.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Hang, "The test hangs.");
            await Task.Delay(1);
        }
    }

    /// <summary>Waits until so many entries of an id tell about a schedule; they are written after the store has answered.</summary>
    public Task LoggedAsync(int id, int count, string schedule)
        => UntilAsync(() => Task.FromResult(Logs.Entries.Count(e => e.Id == id && e.Text.Contains(schedule, StringComparison.Ordinal)) >= count));

    /// <summary>Takes every job that is ready, as the times that they are for; "-" for one without.</summary>
    public async Task<IReadOnlyList<string>> TakeTimesAsync()
        => [.. (await _store.TakeAsync(1000)).Select(j => Occurrence.TimeOf(j.Envelope)?.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) ?? "-")];

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in _hosts)
            await ((IAsyncDisposable)host).DisposeAsync();
        Logs.Dispose();
    }

    private async Task SettleAsync() => await UntilAsync(async () => (await _store.ListDueSchedulesAsync(1, default)).Schedules.Count == 0);
}
