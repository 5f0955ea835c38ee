using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class RetryDeadlineTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void IsNull_WhenNoPolicyHasADeadline()
    {
        Assert.Null(RetryDeadline.Remaining);
        Assert.Null(Policy(deadline: null).Execute(static _ => RetryDeadline.Remaining));
    }

    [Theory]
    [InlineData(5, 30, 4)]
    [InlineData(30, 5, 5)]
    [InlineData(5, null, 4)]
    [InlineData(null, 5, 5)]
    public void IsTheNearest_WhenPoliciesAreNested(int? outer, int? inner, int expected)
    {
        var left = Policy(outer).Execute(token =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Policy(inner).Execute(static _ => RetryDeadline.Remaining, token);
        });

        Assert.Equal(TimeSpan.FromSeconds(expected), left);
    }

    [Fact]
    public void IsBelowZero_WhenTheDeadlineHasPassedInTheAttempt()
    {
        var left = Policy(5).Execute(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(6));
            return RetryDeadline.Remaining;
        });

        Assert.Equal(TimeSpan.FromSeconds(-1), left);
    }

    [Fact]
    public void IsNull_WhenThePolicyTellsNothing() =>
        Assert.Null(Policy(5, NestedRetries.Multiply).Execute(static _ => RetryDeadline.Remaining));

    [Fact]
    public async Task IsNull_WhenTheCallThatHadItIsOver()
    {
        var gate = new TaskCompletionSource();
        Task<TimeSpan?>? leftBehind = null;
        Policy(5).Execute(_ =>
        {
            leftBehind = LaterAsync();
            return 0;
        });

        gate.SetResult();
        Assert.Null(await leftBehind!);
        Assert.Null(RetryDeadline.Remaining);

        async Task<TimeSpan?> LaterAsync()
        {
            await gate.Task;
            return RetryDeadline.Remaining;
        }
    }

    private RetryPolicy Policy(int? deadline, NestedRetries nested = NestedRetries.Count) => RetryPolicy.Create(o =>
    {
        o.Deadline = deadline is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        o.NestedRetries = nested;
        o.TimeProvider = _time;
    });
}
