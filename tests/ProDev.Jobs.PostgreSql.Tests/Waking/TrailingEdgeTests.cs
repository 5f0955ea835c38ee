namespace ProDev.Jobs.PostgreSql.Tests;

public sealed class TrailingEdgeTests
{
    [Fact]
    public async Task TheNextTouchCounts_WhenTheActFailedUnexpectedly()
    {
        int acts = 0;
        var edge = new TrailingEdge(() => acts++ == 0 ? throw new NotSupportedException("Unexpected.") : Task.CompletedTask, TimeSpan.Zero);

        edge.Touch();
        await edge.DrainAsync();
        edge.Touch();
        await edge.DrainAsync();

        Assert.Equal(2, acts);
    }
}
