using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A ready job with limits, and what decides about it.</summary>
internal sealed record Candidate(
    long Number, string Queue, short Rank, DateTimeOffset RunAt, string? GroupKey, int GroupLimit, string? RateKey, long RateEvery, int RateBurst)
{
    public static Candidate Read(NpgsqlDataReader row)
    {
        bool hasGroup = !row.IsDBNull(4);
        bool hasRate = !row.IsDBNull(6);
        return new Candidate(
            row.GetInt64(0), row.GetString(1), row.GetInt16(2), Columns.ReadTime(row, 3),
            hasGroup ? row.GetString(4) : null, hasGroup ? row.GetInt32(5) : 0,
            hasRate ? row.GetString(6) : null, hasRate ? row.GetInt64(7) : 0, hasRate ? row.GetInt32(8) : 0);
    }

    /// <summary>Queue by queue; then higher priority first, then the earlier time, then the earlier arrival.</summary>
    public static int InOrder(Candidate x, Candidate y, string[] queues)
    {
        int order = Array.IndexOf(queues, x.Queue).CompareTo(Array.IndexOf(queues, y.Queue));
        if (order == 0)
            order = x.Rank.CompareTo(y.Rank);
        if (order == 0)
            order = x.RunAt.CompareTo(y.RunAt);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }
}
