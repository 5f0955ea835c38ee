using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// A statement for many jobs at once. One for each job would open every index of the table again and again, which takes longer than the change of a
/// row. Of numbers that follow one another it walks along the table; others it looks up.
/// </summary>
internal sealed class StatementForMany(SqliteConnection connection, string sql, params string[] parameters) : IDisposable
{
    /// <summary>Where the statement says which jobs.</summary>
    public const string TheseJobs = "{these jobs}";

    private readonly Statement _range = new(connection, sql.Replace(TheseJobs, "id BETWEEN $first AND $last", StringComparison.Ordinal), [.. parameters, "$first", "$last"]);
    private readonly Statement _list = new(
        connection, sql.Replace(TheseJobs, "id IN (SELECT value FROM json_each($ids))", StringComparison.Ordinal), [.. parameters, "$ids"]);

    public Statement Bind(JobNumbers numbers, params ReadOnlySpan<object?> values)
        => numbers.IsRange ? _range.Bind([.. values, numbers.First, numbers.Last]) : _list.Bind([.. values, numbers.ToJson()]);

    public void Dispose()
    {
        _range.Dispose();
        _list.Dispose();
    }
}
