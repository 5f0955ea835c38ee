using Microsoft.Data.Sqlite;

namespace ProDev.Jobs.Sqlite;

/// <summary>The results of groups that something waits for.</summary>
internal sealed class SqliteJoins : IDisposable
{
    private readonly Statement _add;
    private readonly Statement _count;
    private readonly Statement _results;
    private readonly Statement _forget;
    private readonly Statement _forgetCount;

    public SqliteJoins(SqliteConnection connection)
    {
        _add = new(
            connection,
            "INSERT INTO prodev_jobs_join (group_id, place, result) VALUES ($group, $place, $result) ON CONFLICT DO NOTHING",
            "$group", "$place", "$result");
        _count = new(
            connection,
            """
            INSERT INTO prodev_jobs_join_count (group_id, done) VALUES ($group, 1)
            ON CONFLICT (group_id) DO UPDATE SET done = done + 1 RETURNING done
            """,
            "$group");
        _results = new(connection, "SELECT result FROM prodev_jobs_join WHERE group_id = $group ORDER BY place", "$group");
        _forget = new(connection, "DELETE FROM prodev_jobs_join WHERE group_id = $group", "$group");
        _forgetCount = new(connection, "DELETE FROM prodev_jobs_join_count WHERE group_id = $group", "$group");
    }

    /// <summary>Keeps one result; returns what follows the group if it was the last one.</summary>
    public JobFollowUp? Contribute(JobContribution part)
    {
        byte[] group = Columns.ToBlob(part.JoinId);
        if (_add.Bind(group, part.Index, part.Result.ToArray()).Execute() == 0 || (long)_count.Bind([group]).Scalar()! < part.Size)
            return null;

        var results = new List<ReadOnlyMemory<byte>>(part.Size);
        using (SqliteDataReader row = _results.Bind([group]).Read())
        {
            while (row.Read())
                results.Add(row.GetFieldValue<byte[]>(0));
        }

        _forget.Bind([group]).Execute();
        _forgetCount.Bind([group]).Execute();
        return part.Join(results);
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_add, _count, _results, _forget, _forgetCount])
            statement.Dispose();
    }
}
