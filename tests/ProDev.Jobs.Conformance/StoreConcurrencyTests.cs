using System.Collections.Concurrent;

namespace ProDev.Jobs.Conformance;

/// <summary>Many callers at once. Needs no ability.</summary>
public abstract class StoreConcurrencyTests : StoreTests
{
    [Fact]
    public async Task NoJobIsLeasedTwice_WhenManyClaimersCompete()
    {
        const int Count = 2000;
        await Store.EnqueueAsync(TestJobs.Many(Count), default);
        var taken = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await Store.TakeAsync(7) is { Count: > 0 } jobs)
            {
                foreach (LeasedJob job in jobs)
                    taken.Add(job.Lease.JobId);
            }
        })));

        Assert.Equal(Count, taken.Count);
        Assert.Equal(Count, taken.Distinct().Count());
    }

    [Fact]
    public async Task OnlyOneOutcomeCounts_WhenTheSameLeaseIsSettledTwiceAtOnce()
    {
        await Store.EnqueueAsync(TestJobs.Many(50), default);
        foreach (LeasedJob job in await Store.TakeAsync())
        {
            bool[] answers = [.. (await Task.WhenAll(
                Task.Run(async () => await Store.CompleteAsync([job.Lease], default)),
                Task.Run(async () => await Store.ReturnAsync([job.Lease], default)))).Select(a => a[0])];
            Assert.Single(answers, a => a);
        }
    }
}
