namespace ProDev.Caching.Redis.Tests;

[Collection(AloneInTheProcess.Name)]
[Trait("Requires", "Redis")]
public sealed class ReadAllocationTests : IAsyncLifetime
{
    private const int Reads = 50;
    private const int Runs = 5;
    private static readonly string[] Tags = ["*", "country:FR"];

    private readonly TwoNodes _nodes = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    [Theory]
    [InlineData(1 << 20, 1 << 18)] // A second copy would be four times that; a collection may cost the driver's pools some of it.
    [InlineData(100, 2 << 10)]
    public async Task ExceedsThePayloadByAFixedAmount_WhenAnEntryIsRead(int length, int beside)
    {
        await _nodes.A.Store.WriteAsync("city", Payload.Of(1, length), TimeSpan.FromMinutes(1), null, default);

        // The first run compiles and fills the driver's pools; what a read itself allocates is there in every run.
        var least = long.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var read = 0; read < Reads; read++)
                Assert.Equal(length, (await _nodes.A.Store.ReadAsync("city", Tags, default)).Payload.Length);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Reads);
        }

        Assert.InRange(least, length, length + beside);
    }
}
