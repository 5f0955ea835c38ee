namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Reads the plans of PostgreSQL.</summary>
public static class PostgresPlan
{
    public static void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan)
    {
        var explained = $"{command.Text}\n{string.Join('\n', plan)}";
        var isFirstPage = !command.Text.Contains("WHERE", StringComparison.Ordinal);
        var reads = 0;
        for (var i = 0; i < plan.Count; i++)
        {
            if (!plan[i].Contains(" on \"Cities\"", StringComparison.Ordinal))
                continue;

            reads++;
            Assert.False(plan[i].Contains("Seq Scan", StringComparison.Ordinal), explained);

            // The first page of a whole table starts at the end of an index and stops after a page: there is nothing to search for.
            // A bitmap scan names its condition some lines below.
            Assert.True(
                isFirstPage || plan.Skip(i + 1).Take(4).Any(line => line.Contains("Index Cond", StringComparison.Ordinal)), explained);
        }

        Assert.True(reads > 0, explained);
    }
}
