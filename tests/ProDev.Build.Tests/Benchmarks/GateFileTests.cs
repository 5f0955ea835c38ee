namespace ProDev.Build.Tests;

public sealed class GateFileTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void GatesAreReadWithAllTheirMembers()
    {
        var gates = Read("""
            {
              // Comments are allowed: a limit deserves an explanation.
              "gates": [
                {
                  "id": "hit", "package": "Caching", "metric": "time", "subject": "CacheHit/Decorator",
                  "peer": "CacheHit/HybridCache", "max": 0.35, "reason": "A typed key needs no string."
                },
                { "id": "rate", "package": "Jobs", "metric": "rate", "subject": "A/B", "min": 2, "max": 3, "reason": "because" }
              ]
            }
            """);

        Assert.Equal(
            [
                new Gate
                {
                    Id = "hit", Package = "Caching", Metric = GateMetric.Time, Subject = "CacheHit/Decorator",
                    Peer = "CacheHit/HybridCache", Max = 0.35, Reason = "A typed key needs no string.",
                },
                new Gate { Id = "rate", Package = "Jobs", Metric = GateMetric.Rate, Subject = "A/B", Min = 2, Max = 3, Reason = "because" },
            ],
            gates);
    }

    [Fact]
    public void AllFaultsAreReportedTogether()
    {
        var error = Assert.Throws<BenchmarkException>(() => Read("""
            { "gates": [
              { "id": "a", "package": "Caching", "metric": "time", "subject": "Decorator", "max": 1, "reason": "" },
              { "id": "a", "package": " ", "metric": "cpu", "subject": "A/B", "peer": "C/D", "reason": "x" },
              { "id": "", "package": "Caching", "metric": "rate", "subject": "A/B", "peer": "A", "min": 2, "max": 1, "reason": "x" }
            ] }
            """));

        Assert.EndsWith(
            """
            gates.json" has 9 faults:
              Gate "a" gives no reason.
              Gate "a" has the subject "Decorator". Expected Suite/Case.
              Gate "a" names no package.
              Gate "a" limits nothing. Give it max, min or both.
              Gate "a" compares "A/B" with "C/D", which is measured at another time. Both must belong to one suite.
              A gate on "A/B" has no id.
              Gate "" allows nothing: min is "2", max is "1". Expected 0 <= min <= max.
              Gate "" has the peer "A". Expected Suite/Case.
            """ +
            "\n  The id \"a\" is used 2 times. Ids must be unique.\n" +
            "See docs/decisions/0051-benchmarks-are-judged-by-ratio.md for the form.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LimitMayBeNegative_WhereItIsADifferenceOfHitRatios()
    {
        var gate = Assert.Single(Read("""
            { "gates": [ { "id": "a", "package": "b", "metric": "hitRatio", "subject": "A/B", "peer": "A/C", "min": -1, "max": 50, "reason": "x" } ] }
            """));

        Assert.Equal((GateMetric.HitRatio, -1.0), (gate.Metric, gate.Min));
    }

    [Theory]
    [InlineData("""{ "gates": [ { "id": "a", "package": "b", "metric": "hitRatio", "subject": "A/B", "min": -1, "reason": "x" } ] }""", "Expected 0 <= min <= max.")]
    [InlineData("""{ "gates": [ { "id": "a", "package": "b", "metric": "hitRatio", "subject": "A/B", "peer": "A/C", "min": 1, "max": -1, "reason": "x" } ] }""", "Expected min <= max.")]
    public void LimitThatAllowsNothingIsRefused_ForHitRatiosToo(string text, string expected)
    {
        var error = Assert.Throws<BenchmarkException>(() => Read(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "gates": [ { "id": "a", "package": "b", "metric": "speed", "subject": "A/B", "max": 1, "reason": "x" } ] }""", "$.gates[0].metric")]
    [InlineData("""{ "gates": [ { "id": "a", "package": "b", "metric": "time", "subject": "A/B", "maximum": 1, "reason": "x" } ] }""", "$.gates[0].maximum")]
    [InlineData("""{ "gates": [ { "id": "a", "package": "b", "metric": "time", "subject": "A/B", "max": "1", "reason": "x" } ] }""", "$.gates[0].max")]
    [InlineData("""{ "gates": [ { "id": "a", "package": "b", "metric": "time", "max": 1, "reason": "x" } ] }""", "subject")]
    [InlineData("""{ "gates": null }""", "$.gates")]
    [InlineData("[]", "$")]
    public void MalformedFileIsNamedWithThePlace(string text, string place)
    {
        var error = Assert.Throws<BenchmarkException>(() => Read(text));

        Assert.Contains("gates.json\" is malformed at ", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GatesOfTheRepositoryAreSound() =>
        Assert.NotEmpty(GateFile.Read(Path.Combine(RepositoryRoot.Path, "benchmarks", "gates.json")));

    private IReadOnlyList<Gate> Read(string text) => GateFile.Read(_temporary.Write("gates.json", text));
}
