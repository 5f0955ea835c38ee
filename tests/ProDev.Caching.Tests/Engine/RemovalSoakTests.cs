namespace ProDev.Caching.Tests;

/// <summary>
/// One writer changes a number and removes it from the cache; readers remember which change was announced last before they
/// ask. Whatever the threads do, no reader may get an older number than that.
/// </summary>
public sealed class RemovalSoakTests
{
    private const int Reads = 30_000;

    private readonly ProDevHybridCache _cache = new();
    private long _source;
    private long _announced;
    private int _reads;

    [Theory]
    [InlineData("key")]
    [InlineData("tag")]
    [InlineData("*")]
    [InlineData("set")]
    public async Task No_reader_gets_a_value_older_than_the_last_finished_removal(string way)
    {
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadAsync(done.Token))).ToArray();

        for (var change = 1L; Volatile.Read(ref _reads) < Reads; change++)
        {
            Volatile.Write(ref _source, change);
            await RemoveAsync(way, change);
            Volatile.Write(ref _announced, change);
            await Task.Yield();
        }

        await done.CancelAsync();
        foreach (var stale in await Task.WhenAll(readers))
            Assert.Equal(0, stale);
    }

    private ValueTask RemoveAsync(string way, long value) => way switch
    {
        "key" => _cache.RemoveAsync("number"),
        "set" => _cache.SetAsync("number", value, tags: ["tag"]),
        _ => _cache.RemoveByTagAsync(way),
    };

    private async Task<int> ReadAsync(CancellationToken done)
    {
        var stale = 0;
        while (!done.IsCancellationRequested)
        {
            var announced = Volatile.Read(ref _announced);
            var value = await _cache.GetOrCreateAsync("number", this, static (self, _) => self.LoadAsync(), tags: ["tag"], cancellationToken: CancellationToken.None);
            Interlocked.Increment(ref _reads);
            if (value < announced)
                stale++;
        }

        return stale;
    }

    // Reads, and only then gives way, so that a removal often falls between the two.
    private async ValueTask<long> LoadAsync()
    {
        var value = Volatile.Read(ref _source);
        await Task.Yield();
        return value;
    }
}
