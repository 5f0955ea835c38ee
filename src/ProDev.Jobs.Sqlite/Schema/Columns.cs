using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>How values are stored.</summary>
internal static class Columns
{
    public static byte[] ToBlob(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid ReadId(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>Rounded up, so that nothing runs before its time.</summary>
    public static long ToMilliseconds(DateTimeOffset time)
        => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    public static long ToMilliseconds(TimeSpan duration) => (long)Math.Ceiling(duration.TotalMilliseconds);

    public static long? ToMillisecondsOrNull(DateTimeOffset? time) => time is { } moment ? ToMilliseconds(moment) : null;

    /// <summary>Rounded down, for comparisons with what must have come.</summary>
    public static long ToMillisecondsBefore(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset ReadTime(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? ReadTimeOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : ReadTime(row, column);

    public static string? ReadTextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
