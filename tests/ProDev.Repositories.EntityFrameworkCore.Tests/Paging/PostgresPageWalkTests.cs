namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class PostgresPageWalkTests(PostgresDatabase database) : PageWalkCases(database), IClassFixture<PostgresDatabase>
{
    protected override void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan)
    {
        var explained = $"{command.Text}\n{string.Join('\n', plan)}";
        var scans = plan.Count(line => line.Contains("Index Scan", StringComparison.Ordinal) || line.Contains("Index Only Scan", StringComparison.Ordinal));
        var seeks = plan.Count(line => line.Contains("Index Cond", StringComparison.Ordinal));

        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
        Assert.True(scans > 0, explained);
        var isFirstPage = !command.Text.Contains("WHERE", StringComparison.Ordinal);
        Assert.True(isFirstPage || seeks == scans, explained);
    }
}
