using Microsoft.Data.Sqlite;

namespace ProDev.Quickstart.Tests.Run;

/// <summary>Looks into a database from outside, while the Quickstart runs or afterwards.</summary>
internal static class AtlasProbe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    public static long Scalar(string database, string sql)
    {
        using var connection = Open(database, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public static int Execute(string database, string sql)
    {
        using var connection = Open(database, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static IEnumerable<T> Rows<T>(string database, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open(database, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return read(reader);
    }

    /// <summary>How many countries the ledger holds; 0 while there is no ledger.</summary>
    public static long ImportedCountries(string database)
    {
        try
        {
            return Scalar(database, "SELECT count(*) FROM ImportedCountries");
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    /// <summary>Returns when the ledger holds at least <paramref name="countries"/>, or the process has ended.</summary>
    public static async Task WaitForCountriesAsync(string database, int countries, QuickstartProcess process)
    {
        while (!process.HasExited && (!File.Exists(database) || ImportedCountries(database) < countries))
            await Task.Delay(Interval);
    }

    private static SqliteConnection Open(string database, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
