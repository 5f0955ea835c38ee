namespace ProDev.Jobs.Sqlite;

/// <summary>A job that is to be claimed.</summary>
internal sealed record ClaimedRow(LeasedJob Job, long Number, RowLimits? Limits);
