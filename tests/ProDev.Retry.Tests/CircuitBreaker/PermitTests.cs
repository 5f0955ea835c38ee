using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>Permits that are reported twice, never, by copies, or too late.</summary>
public sealed class PermitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void OnlyTheFirstReportCounts_WhenAPermitIsReportedTwice()
    {
        var breaker = TestBreakers.AfterFailures(2, _time);
        var permit = breaker.Enter();
        var copy = permit;

        permit.Failed();
        permit.Failed();
        copy.Failed();
        copy.Succeeded();

        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Equal(1, breaker.Snapshot().FailuresInARow);
    }

    [Fact]
    public void OldCopyHasNoEffect_WhenItsTicketServesAnotherPermit()
    {
        var breaker = TestBreakers.AfterFailures(2, _time);
        var old = breaker.Enter();
        old.Succeeded();
        var current = breaker.Enter();

        old.Failed();
        old.Abandoned();
        Assert.Equal(0, breaker.Snapshot().FailuresInARow);
        current.Failed();

        Assert.Equal(1, breaker.Snapshot().FailuresInARow);
    }

    [Fact]
    public void ProbeCountsOnce_WhenItIsReportedTwice()
    {
        var breaker = TestBreakers.ReadyToProbe(_time, o => o.Probes = 2);
        var probe = breaker.Enter();

        probe.Succeeded();
        probe.Succeeded();
        probe.Failed();

        Assert.Equal(CircuitState.HalfOpen, breaker.State);
    }

    [Fact]
    public void AbandoningInFinallyHasNoEffect_WhenTheOutcomeWasReported()
    {
        var breaker = TestBreakers.ReadyToProbe(_time);
        var probe = breaker.Enter();
        try
        {
            probe.Succeeded();
        }
        finally
        {
            probe.Abandoned();
        }

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void PermitsThatAreNeverReported_CountForNothing()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time);
        for (var i = 0; i < 1000; i++)
            Assert.True(breaker.TryEnter(out _));

        breaker.Fail(3);

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void ReportHasNoEffect_WhenTheBreakerWasResetSince()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        var permit = breaker.Enter();

        breaker.Reset();
        permit.Failed();

        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Equal(0, breaker.Snapshot().FailuresInARow);
    }

    [Fact]
    public void ReportHasNoEffect_WhenTheBreakerWasIsolatedSince()
    {
        var breaker = TestBreakers.ReadyToProbe(_time);
        var probe = breaker.Enter();

        breaker.Isolate();
        probe.Succeeded();

        Assert.Equal(CircuitState.Isolated, breaker.State);
    }

    [Fact]
    public void NothingHappens_WhenTheDefaultPermitIsReported()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        breaker.Fail();
        Assert.False(breaker.TryEnter(out var rejected));

        rejected.Succeeded();
        default(CircuitPermit).Failed();
        default(CircuitPermit).Abandoned();

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public async Task OneReportCounts_WhenManyThreadsReportOnePermit()
    {
        var breaker = TestBreakers.AfterFailures(1_000_000, _time);
        for (var round = 1; round <= 200; round++)
        {
            var permit = breaker.Enter();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => permit.Failed())));
            Assert.Equal(round, breaker.Snapshot().FailuresInARow);
        }
    }
}
