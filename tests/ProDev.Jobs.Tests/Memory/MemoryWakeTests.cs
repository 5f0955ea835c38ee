using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Tests;

public sealed class MemoryWakeTests
{
    [Fact]
    public async Task DoesNotWakeTheWorker_InTheMillisecondBeforeAJobIsDue()
    {
        var time = new FakeTimeProvider();
        using var store = new MemoryJobStore(Options.Create(new MemoryJobsOptions()), time);
        await store.EnqueueAsync([new JobEnvelope { Id = Guid.NewGuid(), Name = "a", Delay = TimeSpan.FromMicroseconds(400) }], default);

        Task work = store.WaitForWorkAsync(["default"], TimeSpan.FromSeconds(1), default);

        Assert.False(work.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await work;
    }
}
