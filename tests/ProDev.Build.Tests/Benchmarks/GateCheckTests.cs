namespace ProDev.Build.Tests;

public sealed class GateCheckTests
{
    [Theory]
    [InlineData(2.0, GateVerdict.Met)]
    [InlineData(2.1, GateVerdict.Met)]
    [InlineData(1.99, GateVerdict.Missed)]
    public void RatioOfTimesIsHeldAgainstTheUpperLimit(double max, GateVerdict verdict)
    {
        var check = Check(Samples.Gate("Hit/Ours", "Hit/Peer", max: max), Samples.Result("Hit/Ours", 20), Samples.Result("Hit/Peer", 10));

        Assert.Equal((verdict, 2.0), (check.Verdict, check.Measured));
    }

    [Theory]
    [InlineData(0.8, GateVerdict.Met)]
    [InlineData(0.81, GateVerdict.Missed)]
    public void RateIsTheInverseOfTime(double min, GateVerdict verdict)
    {
        var gate = Samples.Gate("Hit/Ours", "Hit/Peer", GateMetric.Rate, min: min);

        var check = Check(gate, Samples.Result("Hit/Ours", 10), Samples.Result("Hit/Peer", 8));

        Assert.Equal(verdict, check.Verdict);
        Assert.Equal(0.8, check.Measured!.Value, precision: 12);
    }

    [Fact]
    public void FigureItselfIsJudgedWithoutAPeer()
    {
        Assert.Equal(GateVerdict.Met, Check(Samples.Gate("A/B", metric: GateMetric.Allocated, max: 0), Samples.Result("A/B", 1, allocated: 0)).Verdict);
        Assert.Equal(GateVerdict.Missed, Check(Samples.Gate("A/B", metric: GateMetric.Allocated, max: 0), Samples.Result("A/B", 1, allocated: 24)).Verdict);
    }

    [Fact]
    public void CpuIsThatOfClientAndServersTogether() =>
        Assert.Equal(70, Check(Samples.Gate("A/B", metric: GateMetric.Cpu, max: 70), Samples.Result("A/B", 1, cpu: 50, server: 20)).Measured);

    [Theory]
    [InlineData(0, GateVerdict.Met)]
    [InlineData(1, GateVerdict.Missed)]
    public void CountIsHeldAgainstTheLimit(long count, GateVerdict verdict)
    {
        var check = Check(Samples.Gate("A/B", metric: GateMetric.Count, max: 0), Samples.Result("A/B", 1) with { Count = count });

        Assert.Equal((verdict, count), (check.Verdict, check.Measured));
    }

    [Fact]
    public void CountThatWasNotTakenIsNoZero() =>
        Assert.Equal(
            "Count was not measured for \"A/B\".", Check(Samples.Gate("A/B", metric: GateMetric.Count, max: 0), Samples.Result("A/B", 1)).Problem);

    [Fact]
    public void RoundsAreComparedPairwise_WhenPeersRanTogether()
    {
        // The machine was ten times slower in rounds 3 to 5: the medians of each side would say 20 / 110.
        var check = Check(
            Samples.Gate("A/Ours", "A/Peer", max: 2),
            Samples.Rounds("A/Ours", 20, 22, 20, 200, 20),
            Samples.Rounds("A/Peer", 10, 11, 10, 100, 110));

        Assert.Equal(2.0, check.Measured);
    }

    [Theory]
    [InlineData(58.5, GateVerdict.Met)]
    [InlineData(58.0, GateVerdict.Met)]
    [InlineData(57.5, GateVerdict.Missed)]
    public void HitRatiosAreComparedByDifference(double ours, GateVerdict verdict)
    {
        var check = Check(Samples.Gate("A/Ours", "A/Peer", GateMetric.HitRatio, min: -1), Samples.Hits("A/Ours", ours), Samples.Hits("A/Peer", 59));

        Assert.Equal((verdict, ours - 59), (check.Verdict, check.Measured));
    }

    [Fact]
    public void HitRatioThatWasNotMeasuredIsNamed() =>
        Assert.Equal(
            "HitRatio was not measured for \"A/Ours\" or its peer.",
            Check(Samples.Gate("A/Ours", "A/Peer", GateMetric.HitRatio, min: -1), Samples.Hits("A/Ours", 50), Samples.Result("A/Peer", 1)).Problem);

    [Fact]
    public void HitRatioIsJudgedItself_WithoutAPeer() =>
        Assert.Equal(GateVerdict.Met, Check(Samples.Gate("A/B", metric: GateMetric.HitRatio, min: 40), Samples.Hits("A/B", 40)).Verdict);

    [Fact]
    public void NothingAgainstNothingIsADraw() =>
        Assert.Equal(
            1,
            Check(
                Samples.Gate("A/B", "A/C", GateMetric.Allocated, max: 1),
                Samples.Result("A/B", 1, allocated: 0),
                Samples.Result("A/C", 1, allocated: 0)).Measured);

    [Fact]
    public void SomethingAgainstNothingIsAMiss() =>
        Assert.Equal(
            GateVerdict.Missed,
            Check(
                Samples.Gate("A/B", "A/C", GateMetric.Allocated, max: 100),
                Samples.Result("A/B", 1, allocated: 8),
                Samples.Result("A/C", 1, allocated: 0)).Verdict);

    [Fact]
    public void MissingResultIsNamed()
    {
        Assert.Equal("\"A/B\" is not among the results.", Check(Samples.Gate("A/B", "A/C", max: 1), Samples.Result("A/C", 1)).Problem);
        Assert.Equal("The peer \"A/C\" is not among the results.", Check(Samples.Gate("A/B", "A/C", max: 1), Samples.Result("A/B", 1)).Problem);
        Assert.Equal(
            "Cpu was not measured for \"A/B\".", Check(Samples.Gate("A/B", metric: GateMetric.Cpu, max: 1), Samples.Result("A/B", 1)).Problem);
    }

    [Fact]
    public void ResultOfAnotherPackageIsNotTaken() =>
        Assert.Equal(
            GateVerdict.NotMeasured, Check(Samples.Gate("A/B", max: 1), Samples.Result("A/B", 1) with { Package = "Retry" }).Verdict);

    private static GateCheck Check(Gate gate, params BenchmarkResult[] results) => GateCheck.Of(gate, results);
}
