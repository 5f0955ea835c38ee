using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class DeadlineTests
{
    [Theory]
    // deadline in s, attempts made, virtual time used in s; delays are 1, 2, 4, ... s and attempts take no time
    [InlineData(0.5, 1, 0)]
    // a delay that would end exactly at the deadline leaves no time for an attempt
    [InlineData(1.0, 1, 0)]
    [InlineData(1.001, 2, 1)]
    [InlineData(3.0, 2, 1)]
    [InlineData(3.001, 3, 3)]
    [InlineData(7.5, 4, 7)]
    public async Task RetryIsNotWaitedFor_WhenItsDelayDoesNotFitTheDeadline(double deadline, int attempts, double used)
    {
        foreach (var sync in new[] { false, true })
        {
            var time = new InstantTimeProvider();
            var policy = TestPolicies.WithSeconds(time, 10, o => o.Deadline = TimeSpan.FromSeconds(deadline));
            var script = new Script(Script.Fails());

            await Assert.ThrowsAsync<IOException>(
                () => sync ? Task.Run(() => policy.Execute(_ => script.Next())) : policy.ExecuteAsync(script.RunAsync).AsTask());

            Assert.Equal(attempts, script.Attempts);
            Assert.Equal(used, time.Delays.Sum(d => d.TotalSeconds));
        }
    }

    [Fact]
    public async Task TimeOfTheAttemptsCounts_TowardsTheDeadline()
    {
        var time = new InstantTimeProvider();
        var policy = TestPolicies.WithSeconds(time, 10, o => o.Deadline = TimeSpan.FromSeconds(10));
        var script = new Script(() =>
        {
            time.Advance(TimeSpan.FromSeconds(4));
            throw new IOException();
        });

        // 4 + 1 + 4 = 9 s are used; the next delay of 2 s does not fit.
        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal(2, script.Attempts);
    }

    [Fact]
    public async Task LastFailureSurfaces_WhenTheDelayTookLongerThanTheDeadline()
    {
        var time = new InstantTimeProvider { Lateness = TimeSpan.FromSeconds(5) };
        var policy = TestPolicies.WithSeconds(time, 10, o => o.Deadline = TimeSpan.FromSeconds(3));
        var script = new Script(Script.Fails("first"), Script.Returns(1));

        var exception = await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal("first", exception.Message);
        Assert.Contains(nameof(Script.Fails), exception.StackTrace, StringComparison.Ordinal);
        Assert.Equal(1, script.Attempts);
    }

    [Fact]
    public async Task LastResultIsReturned_WhenTheDelayDoesNotFitOrTookTooLong()
    {
        foreach (var lateness in new[] { 0, 5 })
        {
            var time = new InstantTimeProvider { Lateness = TimeSpan.FromSeconds(lateness) };
            var policy = TestPolicies.WithSeconds(time, 10, o => o.RetryResult<int>(static r => r < 0).Deadline = TimeSpan.FromSeconds(3));
            var script = new Script(Script.Returns(-1), Script.Returns(-2), Script.Returns(-3));

            Assert.Equal(lateness == 0 ? -2 : -1, await policy.ExecuteAsync(script.RunAsync));
        }
    }

    [Fact]
    public async Task RunningAttemptIsNotInterrupted_WhenTheDeadlinePasses()
    {
        var time = new FakeTimeProvider();
        var policy = TestPolicies.WithSeconds(time, 3, o => o.Deadline = TimeSpan.FromSeconds(3));
        var gate = new TaskCompletionSource<int>();

        var call = policy.ExecuteAsync(_ => gate.Task).AsTask();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(call.IsCompleted);
        gate.SetResult(4);

        Assert.Equal(4, await call);
    }
}
