using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A bucket that this transaction has locked.</summary>
internal sealed class BucketGate(string key, JobRateBucket bucket, DateTimeOffset now) : Gate('r' + key, bucket.Available(now))
{
    private JobRateBucket _bucket = bucket.AtMostEmpty(now);

    public DateTimeOffset FullAt => _bucket.FullAt;

    public DateTimeOffset? NextAt => _bucket.NextAt(now);

    public static BucketGate Read(NpgsqlDataReader row)
        => new(
            row.GetString(0), new JobRateBucket(TimeSpan.FromTicks(row.GetInt64(1)), row.GetInt32(2), Columns.ReadTime(row, 3)), Columns.ReadTime(row, 4));

    public override void Pass()
    {
        _bucket = _bucket.Take(now);
        Room = _bucket.Available(now);
    }
}
