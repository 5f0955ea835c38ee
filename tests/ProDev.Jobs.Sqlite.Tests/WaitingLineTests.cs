using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>Who commits waits a moment for callers who are likely to come, and for nobody else.</summary>
public sealed class WaitingLineTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly WaitingLine _line;

    public WaitingLineTests() => _line = new WaitingLine(_time);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NobodyIsWaitedFor_WhenTheLastCallerWasAlone(int answered)
    {
        _line.Remember(answered, TimeSpan.FromSeconds(1));
        Join();

        Assert.True(_line.WaitForCompanionsAsync().AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AllAreWaitedFor_WhenTheyWereAnsweredTogetherOrWaitedMeanwhile()
    {
        Join();
        _line.Remember(answered: 2, TimeSpan.FromSeconds(1));

        Task wait = _line.WaitForCompanionsAsync().AsTask();
        Join();
        Assert.False(wait.IsCompleted);
        Join();

        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitEnds_WhenHalfATransactionHasPassed()
    {
        _line.Remember(answered: 3, TimeSpan.FromMicroseconds(300));
        Join();
        Task wait = _line.WaitForCompanionsAsync().AsTask();
        _time.Advance(TimeSpan.FromMicroseconds(149));
        Assert.False(wait.IsCompleted);

        _time.Advance(TimeSpan.FromMicroseconds(1));

        await wait.WaitAsync(Hang);
    }

    [Fact]
    public async Task NobodyIsWaitedForForATime_WhenItWasInVain()
    {
        _line.Remember(answered: 3, TimeSpan.FromSeconds(1));
        Join();
        Task wait = _line.WaitForCompanionsAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Hang);

        for (int i = 0; i < WaitingLine.Rest; i++)
            Assert.True(_line.WaitForCompanionsAsync().AsTask().IsCompletedSuccessfully);
        Task again = _line.WaitForCompanionsAsync().AsTask();
        Assert.False(again.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await again.WaitAsync(Hang);
    }

    [Fact]
    public void NobodyIsWaitedFor_WhenATransactionIsFull()
    {
        for (int i = 0; i < GroupCommit.MaxOperations; i++)
            Join();
        _line.Remember(answered: GroupCommit.MaxOperations, TimeSpan.FromSeconds(1));

        Assert.True(_line.WaitForCompanionsAsync().AsTask().IsCompletedSuccessfully);
    }

    private void Join() => _line.Join(new WriteOperation<bool>(static _ => true, wakes: false, CancellationToken.None));
}
