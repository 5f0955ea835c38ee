using System.Runtime.InteropServices;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>How values are stored.</summary>
internal static class Columns
{
    private const char Replacement = '\uFFFD';

    /// <summary>Longer durations would leave the calendar of a column.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    /// <summary>Rounded up, so that nothing runs before its time and no lease ends early.</summary>
    public static long ToMicroseconds(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
            return 0;
        long ticks = Math.Min(duration.Ticks, Longest.Ticks);
        return ((ticks - 1) / TimeSpan.TicksPerMicrosecond) + 1;
    }

    /// <summary>Rounded up to what the column can hold.</summary>
    public static DateTime ToTime(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        long beyond = utc.Ticks % TimeSpan.TicksPerMicrosecond;
        return beyond == 0 || DateTime.MaxValue.Ticks - utc.Ticks < TimeSpan.TicksPerMicrosecond ? utc : utc.AddTicks(TimeSpan.TicksPerMicrosecond - beyond);
    }

    /// <summary>The bytes as an array, without a copy where they are one.</summary>
    public static byte[] ToArray(ReadOnlyMemory<byte> bytes)
        => MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Array!.Length == bytes.Length
            ? segment.Array
            : bytes.ToArray();

    public static short ToRank(int priority) => (short)(9 - priority);

    public static int ToPriority(short rank) => 9 - rank;

    /// <summary>Whether a text column can hold it: no U+0000, and no half of a surrogate pair.</summary>
    public static bool IsStorable(string? text)
    {
        for (int i = 0; i < text?.Length; i++)
        {
            if (IsBad(text, i))
                return false;
        }

        return true;
    }

    /// <summary>What a text column cannot hold becomes U+FFFD: an error text must never keep the outcome of a job from being written.</summary>
    public static string ToText(string text)
        => IsStorable(text) ? text : string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                span[i] = IsBad(source, i) ? Replacement : source[i];
        });

    public static DateTimeOffset ReadTime(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? ReadTimeOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : ReadTime(row, column);

    public static string? ReadTextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static bool IsBad(string text, int index)
    {
        char c = text[index];
        if (!char.IsSurrogate(c))
            return c == '\0';
        return char.IsHighSurrogate(c)
            ? index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1])
            : index == 0 || !char.IsHighSurrogate(text[index - 1]);
    }
}
