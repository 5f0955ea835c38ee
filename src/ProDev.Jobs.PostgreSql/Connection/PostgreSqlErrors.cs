using System.Net.Sockets;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Says what went wrong, and what to do.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>The limit of a <see cref="LockingTransaction"/>; the driver has no name for it.</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>The database undid the transaction because of another one, or because this process paused within it; the same again will most likely work.</summary>
    public static bool IsConflict(PostgresException error)
        => error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or IdleInTransaction;

    public static bool IsFaultOfTheDatabase(Exception error) => error is NpgsqlException or TimeoutException or SocketException or IOException;

    public static JobStoreException Translate(Exception error, string database, string schema) => error switch
    {
        PostgresException e => Create(
            $"{Explain(e, schema)} (PostgreSQL error {e.SqlState}: {e.MessageText})", e, database),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => Create(
            "did not answer in time. The outcome of the last call is unknown; repeating it is safe. Look for a lock, a full pool or a lost network.",
            error, database),
        _ => Create($"cannot be reached, or the connection was lost. What was not confirmed may be repeated. ({error.Message})", error, database),
    };

    private static JobStoreException Create(string what, Exception error, string database) => new($"The job database '{database}' {what}", error);

    private static string Explain(PostgresException error, string schema) => error.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege =>
            $"does not let this role do what the job needs in the schema '{schema}'. Grant it, as the README of ProDev.Jobs.PostgreSql says.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "refuses the login. Check user and password of the connection string.",
        PostgresErrorCodes.InvalidCatalogName => "does not exist. Create it, or correct the connection string.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName =>
            $"has lost tables of the schema '{schema}'. Restore them, or restart the process to create them.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "is read-only. Point the connection string to the primary server.",
        PostgresErrorCodes.TooManyConnections => "has no connection left. Limit 'Maximum Pool Size', or use a pooler.",
        PostgresErrorCodes.DiskFull => "cannot grow: the disk is full. Nothing was changed; free some space, then it will work again.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            "is shutting down or starting. It will be tried again.",
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => "undid the change because of others, several times. Try again.",
        IdleInTransaction =>
            "ended a transaction whose next statement did not come in time: this process was paused or parted from it, several times. Nothing was changed. Try again.",
        PostgresErrorCodes.ProtocolViolation when error.MessageText.Contains("startup parameter", StringComparison.Ordinal) =>
            "does not take settings of a session: a pooler that shares sessions stands before it. Set PostgreSqlJobsOptions.Listen to false.",
        PostgresErrorCodes.QueryCanceled => "cancelled the statement. Nothing was changed; look for a statement_timeout that is too short.",
        _ => "cannot be used.",
    };
}
