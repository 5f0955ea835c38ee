namespace ProDev.Jobs.Sqlite;

/// <summary>A claimed job with what decides its place.</summary>
internal sealed record ClaimedRow(LeasedJob Job, long RunAt, long Number, RowLimits? Limits)
{
    /// <summary>Higher priority first, then the earlier time, then the earlier arrival.</summary>
    public static int InOrder(ClaimedRow x, ClaimedRow y)
    {
        int order = y.Job.Envelope.Priority.CompareTo(x.Job.Envelope.Priority);
        if (order == 0)
            order = x.RunAt.CompareTo(y.RunAt);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }
}
