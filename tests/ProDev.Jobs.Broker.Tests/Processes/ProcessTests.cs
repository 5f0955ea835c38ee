using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>What the cases about several processes share: a broker and a store that outlive them, and a clock that stands still until told.</summary>
public abstract class ProcessTests : IAsyncLifetime
{
    private protected static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly List<WorkerProcess> _processes = [];

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private protected TestBroker Broker { get; private set; } = null!;

    private protected IJobStore Shared { get; private set; } = null!;

    private protected Ledger Ledger { get; private set; } = null!;

    public async Task InitializeAsync() => await RenewAsync();

    public Task DisposeAsync() => EndAsync();

    /// <summary>A new world: nothing is left of what was before.</summary>
    private protected async Task RenewAsync()
    {
        await EndAsync();
        Broker = new TestBroker(Time);
        Shared = TestStores.Create(Time, static b => b.UseInMemory());
        Ledger = new Ledger();
    }

    private protected async Task<WorkerProcess> StartAsync(bool hasWorker = true, int concurrency = 2, Action<Fuse>? arm = null)
    {
        var process = new WorkerProcess(WorkerProcess.Composed(Broker, Shared, Time), Time, Ledger, hasWorker, concurrency);
        arm?.Invoke(process.Fuse);
        _processes.Add(process);
        try
        {
            await process.StartAsync();
        }
        catch (JobStoreException) when (process.Fuse.IsBlown)
        {
            // It died on its way up.
        }

        return process;
    }

    /// <summary>Waits for a condition, moving the clock in small steps. The limit is real time and only ends a test that hangs.</summary>
    private protected async Task UntilAsync(Func<Task<bool>> condition, TimeSpan advance = default, Func<string>? describe = null)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Hang, $"The test hangs. {describe?.Invoke()}");
            Time.Advance(advance);
            await Task.Delay(1);
        }
    }

    /// <summary>Waits until this many jobs have succeeded and the broker has nothing more, with nothing given up.</summary>
    private protected async Task UntilAllIsDoneAsync(int jobs, string where = "")
    {
        JobCounts counts = new();
        await UntilAsync(
            async () => (counts = await Shared.CountAsync(default)) == new JobCounts { Succeeded = jobs } && Broker.CountAll() == 0,
            TimeSpan.FromSeconds(1),
            () => $"{where} {counts} {Broker.CountAll()} messages.");
    }

    private async Task EndAsync()
    {
        foreach (WorkerProcess process in _processes)
            await process.DisposeAsync();
        _processes.Clear();
        Broker?.Dispose();
        if (Shared is not null)
            await Shared.DisposeAsync();
    }
}
