using System.Globalization;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Creates the schema where there is none, brings an older one up to date, and refuses one that this version does not know.</summary>
internal static class SchemaMigrator
{
    public static async Task EnsureAsync(NpgsqlConnection connection, PostgreSqlJobsOptions options, string database)
    {
        int version = await VersionAsync(connection, options.Schema).ConfigureAwait(false);
        Refuse(version, options, database);
        if (version < Migration.Latest)
            await MigrateAsync(connection, options, database).ConfigureAwait(false);
    }

    private static void Refuse(int version, PostgreSqlJobsOptions options, string database)
    {
        string schema = options.Schema;
        if (version > Migration.Latest)
        {
            throw new JobStoreException(
                $"The schema '{schema}' of the job database '{database}' has the version '{version}', written by a later ProDev.Jobs.PostgreSql. This one " +
                $"knows versions up to {Migration.Latest}. Update the package in every process that uses the schema, or choose another schema.");
        }

        if (version < Migration.Latest && !options.Migrate)
        {
            string state = version == 0 ? "has no tables of ProDev.Jobs.PostgreSql" : $"has the version '{version}', and version {Migration.Latest} is needed";
            string files = string.Join(", ", Migration.All.Where(m => m.Version > version).Select(static m => m.FileName));
            throw new JobStoreException(
                $"The schema '{schema}' of the job database '{database}' {state}. Missing: {files}. Run the script that " +
                $"PostgreSqlJobsSchema.CreateScript(\"{schema}\") returns, as a role that may create tables, or set PostgreSqlJobsOptions.Migrate to true.");
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, PostgreSqlJobsOptions options, string database)
    {
        string schema = options.Schema;
        NpgsqlTransaction transaction = await LockingTransaction.BeginAsync(connection).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ExecuteAsync(connection, Migration.Lock(schema)).ConfigureAwait(false);

            // Only if it is missing: the statement asks for the right to create schemas even when there is nothing to do.
            if (await ScalarAsync(connection, $"SELECT to_regnamespace('{schema}') IS NULL").ConfigureAwait(false) is true)
                await ExecuteAsync(connection, $"CREATE SCHEMA \"{schema}\"").ConfigureAwait(false);
            int version = await VersionAsync(connection, schema).ConfigureAwait(false);
            Refuse(version, options, database);
            if (version == 0)
                await ExecuteAsync(connection, Migration.CreateTable(schema)).ConfigureAwait(false);
            foreach (Migration step in Migration.All.Where(m => m.Version > version))
                await ExecuteAsync(connection, step.Sql(schema)).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, string schema)
    {
        if (await ScalarAsync(connection, $"SELECT to_regclass('{schema}.migration') IS NULL").ConfigureAwait(false) is true)
            return 0;
        object? version = await ScalarAsync(connection, $"SELECT coalesce(max(version), 0) FROM \"{schema}\".migration").ConfigureAwait(false);
        return Convert.ToInt32(version, CultureInfo.InvariantCulture);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            return await command.ExecuteScalarAsync().ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
