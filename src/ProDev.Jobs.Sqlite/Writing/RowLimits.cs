using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>The limits of one job: its group, its rate, or both.</summary>
internal sealed record RowLimits(string? GroupKey, long GroupLimit, string? RateKey, long RateEvery, int RateBurst)
{
    public const string Columns = "group_key, group_limit, rate_key, rate_every, rate_burst";

    /// <summary>Reads them from a column on, as the other does.</summary>
    public static RowLimits? Read(NativeRows row, int column)
    {
        string? group = row.Text(column);
        string? rate = row.Text(column + 2);
        return group is null && rate is null
            ? null
            : new RowLimits(group, row.Int64(column + 1), rate, row.Int64(column + 3), row.Int32(column + 4));
    }

    /// <summary>Reads them from a column on; <see langword="null"/> if there are none.</summary>
    public static RowLimits? Read(SqliteDataReader row, int column)
    {
        bool hasGroup = !row.IsDBNull(column);
        bool hasRate = !row.IsDBNull(column + 2);
        if (!hasGroup && !hasRate)
            return null;
        return new RowLimits(
            hasGroup ? row.GetString(column) : null, hasGroup ? row.GetInt64(column + 1) : 0,
            hasRate ? row.GetString(column + 2) : null, hasRate ? row.GetInt64(column + 3) : 0, hasRate ? row.GetInt32(column + 4) : 0);
    }
}
