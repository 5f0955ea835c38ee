namespace ProDev.Jobs.Tests;

/// <summary>What a job may say about its next attempt.</summary>
public sealed class JobSaysTests
{
    [Fact]
    public async Task NextAttemptFollowsAfterTheDelayOfTheJob_WhenItAsksForARetry()
    {
        await using JobHost host = await JobHost.CreateAsync();
        host.Body = static (context, _) => context.Attempt == 1
            ? throw new JobRetryException(TimeSpan.FromMinutes(10), "the bank is busy")
            : Task.CompletedTask;

        Guid id = await host.EnqueueAsync();

        JobInfo waiting = await host.UntilAsync(id, JobState.Scheduled);
        Assert.Equal((1, TimeSpan.FromMinutes(10)), (waiting.Attempt, waiting.RunAt - host.Time.GetUtcNow()));
        Assert.Contains("the bank is busy", waiting.Error, StringComparison.Ordinal);
        host.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, (await host.UntilAsync(id, JobState.Succeeded)).Attempt);
    }

    [Fact]
    public async Task JobBecomesADeadLetter_WhenItAsksForARetryInItsLastAttempt()
    {
        await using JobHost host = await JobHost.CreateAsync(new JobDefinition(JobHost.JobName) { MaxAttempts = 2 });
        host.Body = static (_, _) => throw new JobRetryException(TimeSpan.Zero);

        JobInfo dead = await host.UntilAsync(await host.EnqueueAsync(), JobState.DeadLettered);

        Assert.Equal((2, DeadLetterReason.AttemptsExhausted), (dead.Attempt, dead.DeadLetterReason));
    }

    [Fact]
    public async Task JobBecomesADeadLetterAtOnce_WhenItGivesItselfUp()
    {
        await using JobHost host = await JobHost.CreateAsync();
        host.Body = static (_, _) => throw new JobGivenUpException("there is no such account");

        JobInfo dead = await host.UntilAsync(await host.EnqueueAsync(), JobState.DeadLettered);

        Assert.Equal((1, DeadLetterReason.GivenUp), (dead.Attempt, dead.DeadLetterReason));
        Assert.Contains("there is no such account", dead.Error, StringComparison.Ordinal);
        Assert.Single(host.Runs);
    }

    [Theory]
    [InlineData(true, JobState.DeadLettered)]
    [InlineData(false, JobState.Scheduled)]
    public async Task WordOfTheJobCounts_WhenItIsStopped(bool givesUp, JobState expected)
    {
        await using JobHost host = await JobHost.CreateAsync();
        var started = new TaskCompletionSource();
        host.Body = async (_, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw givesUp ? new JobGivenUpException() : new JobRetryException(TimeSpan.FromHours(1));
        };
        Guid id = await host.EnqueueAsync();
        await started.Task.WaitAsync(JobHost.Hang);

        await host.Worker.StopAsync(new CancellationToken(canceled: true)).WaitAsync(JobHost.Hang);

        JobInfo info = (await host.Client.FindAsync(id))!;
        Assert.Equal((expected, 1), (info.State, info.Attempt));
    }

    [Theory]
    [InlineData(-1, "The delay is '-1.00:00:00'. Set it to zero or more.")]
    [InlineData(3651, "The delay is '3651.00:00:00'. At most ten years are allowed.")]
    public void RetryIsRefused_WhenItsDelayIsOutOfRange(int days, string message)
        => Assert.StartsWith(
            message, Assert.Throws<ArgumentOutOfRangeException>(() => new JobRetryException(TimeSpan.FromDays(days))).Message, StringComparison.Ordinal);
}
