using System.Text.RegularExpressions;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Reads the plans of SQLite.</summary>
public static partial class SqlitePlan
{
    public static void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan)
    {
        var tables = Table().Matches(command.Text).Select(match => match.Groups["alias"].Value).ToArray();
        var reads = plan.Where(line => tables.Any(table => line.Split(' ').Skip(1).FirstOrDefault() == table)).ToArray();
        var explained = $"{command.Text}\n{string.Join('\n', plan)}";

        Assert.True(reads.Length >= tables.Length, explained);
        var isFirstPage = tables.Length == 1 && !command.Text.Contains("WHERE", StringComparison.Ordinal);
        foreach (var read in reads)
        {
            // The first page of a whole table starts at the end of an index and stops after a page: there is nothing to search for.
            Assert.True(isFirstPage ? FirstPage().IsMatch(read) : Seek().IsMatch(read), explained);
        }

        if (tables.Length == 1)
            Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"FROM ""Cities"" AS ""(?<alias>\w+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"^SEARCH \w+ USING (COVERING )?(INDEX|INTEGER PRIMARY KEY)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seek();

    [GeneratedRegex(@"^SCAN \w+( USING (COVERING )?INDEX \w+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstPage();
}
