using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// The layout, and its version. One table for all states, because SQLite updates in place: moving a row between tables costs two b-trees. Each state
/// has a partial index that serves exactly its own query; scheduled jobs stay out of the claim index, where each would slow down every claim.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>The version that this package writes. A higher one in the file was written by a later package.</summary>
    public static int Version => SqliteMigrations.Steps.Count;

    /// <summary>
    /// Creates the schema where there is none, brings an older one up to date, and refuses one that this version does not know. Runs in a write
    /// transaction, so that of several processes one does it, and a crash leaves the old layout.
    /// </summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        bool isNew = Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'prodev_jobs_meta'") == 0;
        long version = isNew ? 0 : VersionOf(connection);
        if (version > Version)
        {
            throw new JobStoreException(
                $"The job database '{path}' has the schema version '{version}', written by a later ProDev.Jobs.Sqlite. This one knows versions up to " +
                $"{Version}. Update the package in every process that uses the file, or choose another file.");
        }

        if (version < 1 && !isNew)
        {
            throw new JobStoreException(
                $"The job database '{path}' has the schema version '{version}', which no ProDev.Jobs.Sqlite ever wrote. Choose another file.");
        }

        foreach (string step in SqliteMigrations.Steps.Skip((int)version))
            Execute(connection, step);
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE prodev_jobs_meta SET value = {Version} WHERE key = 'schema_version'"));
    }

    /// <summary>The version of a layout that is there.</summary>
    public static long VersionOf(SqliteConnection connection)
        => Scalar(connection, "SELECT coalesce((SELECT value FROM prodev_jobs_meta WHERE key = 'schema_version'), 0)");

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
