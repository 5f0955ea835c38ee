using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

/// <summary>A checker that finds nothing proves nothing: each thing that it must find, in the smallest ledger that has it.</summary>
public sealed class LedgerCheckerTests
{
    private const string Key = "p.1";
    private static readonly Guid Id = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Other = new("00000000-0000-0000-0000-000000000002");

    private static readonly LedgerLine Intended = new(LedgerEvent.Intended, Key);
    private static readonly LedgerLine Confirmed = new(LedgerEvent.Confirmed, Key, Id);

    [Fact]
    public void NothingIsFound_WhenAJobRanTwiceAndTheLaterLeaseEndedIt()
        => Assert.Empty(Check(
            new() { [Id] = Job(JobState.Succeeded, attempt: 2) }, Intended, Confirmed, Started(1), Started(2), Refused(1), Accepted(2)));

    [Fact]
    public void NothingIsFound_WhenNobodyKnowsWhetherAJobWasEnqueued()
    {
        Assert.Empty(Check([], Intended));
        Assert.Empty(Check([], Intended, Started(1), Accepted(1)));
    }

    [Fact]
    public void NothingIsFound_WhenAJobThatMustGiveUpHasReasonAndError()
        => Assert.Empty(Check(new() { [Id] = Dead() }, InPoison(Intended), InPoison(Confirmed), InPoison(Started(1)), Accepted(1)));

    [Fact]
    public void JobIsLost_WhenTheStoreDoesNotKnowIt()
        => Finds(FindingKind.Lost, "was confirmed, and the store does not know it", Check([], Intended, Confirmed, Started(1)));

    [Fact]
    public void JobIsLost_WhenItSucceededWithoutARun()
        => Finds(FindingKind.Lost, "is Succeeded and never ran", Check(new() { [Id] = Job(JobState.Succeeded) }, Intended, Confirmed));

    [Theory]
    [InlineData(JobState.Scheduled)]
    [InlineData(JobState.Queued)]
    [InlineData(JobState.Running)]
    public void JobIsStuck_WhenItHasNotEnded(JobState state)
        => Finds(FindingKind.Stuck, $"is {state} in attempt 1", Check(new() { [Id] = Job(state) }, Intended, Confirmed, Started(1)));

    [Fact]
    public void EndIsWrong_WhenAJobIsDeadThatMustSucceed()
        => Finds(FindingKind.WrongEnd, "is DeadLettered, GivenUp: broken", Check(new() { [Id] = Dead() }, Intended, Confirmed, Started(1)));

    [Fact]
    public void EndIsWrong_WhenAJobSucceedsThatMustGiveUp_OrIsDeadWithoutReason()
    {
        LedgerLine[] lines = [InPoison(Intended), InPoison(Confirmed), InPoison(Started(1))];
        Finds(FindingKind.WrongEnd, "is Succeeded", Check(new() { [Id] = Job(JobState.Succeeded) }, lines));
        Finds(FindingKind.WrongEnd, "without reason or error", Check(new() { [Id] = Dead() with { DeadLetterReason = null } }, lines));
    }

    [Fact]
    public void RunIsWrongful_WhenItsTransactionWasRolledBack()
        => Finds(FindingKind.Wrongful, "was rolled back", Check([], Intended, new LedgerLine(LedgerEvent.Withdrawn, Key), Started(1)));

    [Fact]
    public void RunIsWrongful_WhenNobodyHasEnqueuedIt()
        => Finds(FindingKind.Wrongful, "nobody has enqueued it", Check([], Started(1)));

    [Fact]
    public void JobIsDoubled_WhenOneKeyHasTwoIds()
        => Finds(FindingKind.DoubledJob, $"has the ids {Id}, {Other}", Check([], Intended, Started(1), Started(1) with { Id = Other }));

    [Fact]
    public void CommitIsDoubled_WhenTwoEndsWereAccepted()
        => Finds(
            FindingKind.DoubledCommit, "ended with the tokens 2, 2",
            Check(new() { [Id] = Job(JobState.Succeeded, attempt: 2) }, Intended, Confirmed, Started(1), Started(2), Accepted(2), Accepted(2)));

    [Fact]
    public void CommitIsDoubled_WhenAnEarlierLeaseEndedTheJob()
        => Finds(
            FindingKind.DoubledCommit, "ended with the token 1, and a later lease had 2",
            Check(new() { [Id] = Job(JobState.Succeeded, attempt: 2) }, Intended, Confirmed, Started(1), Started(2), Accepted(1)));

    [Fact]
    public void TokenIsThereTwice_WhenTwoRunsHaveIt()
        => Finds(
            FindingKind.TokenTwice, "started with the tokens 1, 1",
            Check(new() { [Id] = Job(JobState.Succeeded, attempt: 2) }, Intended, Confirmed, Started(1), Started(1), Accepted(1)));

    [Fact]
    public void AttemptIsNotCounted_WhenTheStoreKnowsFewerThanRan()
        => Finds(
            FindingKind.NotCounted, "ran 2 times, and the store counts 1 attempts",
            Check(new() { [Id] = Job(JobState.Succeeded) }, Intended, Confirmed, Started(1), Started(2), Accepted(2)));

    private static void Finds(FindingKind kind, string text, IEnumerable<Finding> findings)
    {
        Finding finding = Assert.Single(findings);
        Assert.Equal(kind, finding.Kind);
        Assert.Contains(text, finding.Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Check(Dictionary<Guid, JobInfo> jobs, params LedgerLine[] lines) => LedgerChecker.Check(lines, jobs.GetValueOrDefault);

    private static LedgerLine Started(long token) => new(LedgerEvent.Started, Key, Id, 1, token);

    private static LedgerLine Accepted(long token) => new(LedgerEvent.Accepted, LedgerLine.NoKey, Id, Token: token);

    private static LedgerLine Refused(long token) => new(LedgerEvent.Refused, LedgerLine.NoKey, Id, Token: token);

    private static LedgerLine InPoison(LedgerLine line) => line with { Key = Producer.PoisonPrefix + Key };

    private static JobInfo Dead() => Job(JobState.DeadLettered) with { DeadLetterReason = DeadLetterReason.GivenUp, Error = "broken" };

    private static JobInfo Job(JobState state, int attempt = 1) => new()
    {
        Id = Id,
        Name = "soak.ledger",
        Queue = "default",
        State = state,
        Attempt = attempt,
        MaxAttempts = 1000,
        Priority = 0,
        EnqueuedAt = default,
        RunAt = default,
    };
}
