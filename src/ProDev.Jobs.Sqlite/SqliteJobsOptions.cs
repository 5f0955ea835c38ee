namespace ProDev.Jobs.Sqlite;

/// <summary>Settings of the SQLite provider.</summary>
public sealed class SqliteJobsOptions
{
    /// <summary>
    /// The database file; created if missing, in a directory that exists. It may be shared by processes of one machine, but not over a network
    /// file system. Two small files (<c>.wake</c> and <c>.turn</c>) are kept beside it. It may hold other tables; ours begin with <c>prodev_jobs_</c>.
    /// </summary>
    /// <value>The default is <c>jobs.db</c> in the current directory.</value>
    public string Path { get; set; } = "jobs.db";

    /// <summary>
    /// How long a change waits for the write lock that another process holds, before it fails with <see cref="JobStoreException"/>.
    /// More than zero.
    /// </summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often an idle worker looks into the file even if no other process has woken it. A safety net; more than zero.
    /// </summary>
    /// <value>The default is 250 ms.</value>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The clock for leases and delays. Every process that shares the file must use the same clock, which the machine's clock is.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the <see cref="System.TimeProvider"/> of the application.</value>
    public TimeProvider? TimeProvider { get; set; }
}
