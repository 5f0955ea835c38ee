using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Runs one statement.</summary>
internal static class CommandExtensions
{
    /// <summary>Reads every row.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Parameters.AddRange(parameters);
            NpgsqlDataReader row = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
                return await row.ReadAllAsync(read).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the number of rows that were changed.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Parameters.AddRange(parameters);
            return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    public static async Task<List<T>> ReadAllAsync<T>(this NpgsqlDataReader row, Func<NpgsqlDataReader, T> read)
    {
        var rows = new List<T>();
        while (await row.ReadAsync().ConfigureAwait(false))
            rows.Add(read(row));
        return rows;
    }

    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        NpgsqlBatchCommand command = batch.CreateBatchCommand();
        command.CommandText = sql;
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
        return command;
    }
}
