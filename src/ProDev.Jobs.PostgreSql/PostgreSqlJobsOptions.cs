using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Settings of the PostgreSQL provider.</summary>
public sealed class PostgreSqlJobsOptions
{
    /// <summary>Where the database is. The provider keeps a pool of its own for it.</summary>
    /// <value>
    /// The default is <see langword="null"/>: <see cref="DataSource"/> is used, and if that is <see langword="null"/>, too, the
    /// <see cref="NpgsqlDataSource"/> that the application has registered.
    /// </value>
    public string? ConnectionString { get; set; }

    /// <summary>The source of connections. Whoever made it disposes it. Ignored when <see cref="ConnectionString"/> is set.</summary>
    /// <value>The default is <see langword="null"/>: the one that the application has registered.</value>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>
    /// The schema that holds the tables; several applications may use one database with a schema each. Lower-case letters, digits and
    /// underscores, not a digit first, at most 48 characters.
    /// </summary>
    /// <value>The default is <c>prodev_jobs</c>.</value>
    public string Schema { get; set; } = PostgreSqlJobsSchema.DefaultName;

    /// <summary>
    /// Whether the provider creates and updates its tables by itself. If not, a missing or older schema is an error, and somebody else must run
    /// <see cref="PostgreSqlJobsSchema.CreateScript"/>.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Migrate { get; set; } = true;

    /// <summary>
    /// Whether workers keep a connection open on which the database tells them of new jobs. Set it to <see langword="false"/> behind a pooler that
    /// hands out connections per transaction, such as PgBouncer: workers then find jobs of other processes when they look,
    /// every <see cref="PollInterval"/>, and nothing depends on the state of a session.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Listen { get; set; } = true;

    /// <summary>How often an idle worker looks into the database even if nobody has called. More than zero.</summary>
    /// <value>The default is 1 s.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A clock for leases and delays in place of the database's, for tests. Every process that uses the schema must have the same.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the clock of the database, so that the clocks of the machines do not matter.</value>
    public TimeProvider? TimeProvider { get; set; }
}
