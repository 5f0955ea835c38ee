namespace ProDev.Jobs.Tests;

/// <summary>A context that a test made by hand.</summary>
public sealed class JobContextTests
{
    private readonly JobContext _context = new(Guid.NewGuid(), "job");

    [Fact]
    public async Task StepRunsOnce_WhenNoWorkerMadeTheContext()
    {
        int runs = 0;

        Assert.Equal(1, await _context.StepAsync("a", _ => Task.FromResult(++runs)));
        Assert.Equal(1, await _context.StepAsync("a", _ => Task.FromResult(++runs)));
        await _context.StepAsync("b", _ => Task.FromResult(++runs));
        await _context.ReportProgressAsync(1);

        Assert.Equal(2, runs);
        Assert.True(await _context.HeartbeatAsync());
        Assert.Equal((_context.Id, null, JobCancellationCause.None), (_context.RootId, _context.ParentId, _context.CancellationCause));
    }

    [Fact]
    public async Task StepIsRefused_WhenItsNameIsMalformed()
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => _context.StepAsync("$progress", _ => Task.FromResult(1)));

        Assert.Contains("The step name '$progress' is malformed.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(() => _context.StepAsync("a", (Func<CancellationToken, Task>)null!));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public async Task ProgressIsRefused_WhenItIsOutOfRange(double fraction)
        => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _context.ReportProgressAsync(fraction));

    [Fact]
    public void NapIsRefused_WhenItsDelayIsOutOfRange()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobSnoozeException(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobSnoozeException(TimeSpan.FromDays(4000)));
    }
}
