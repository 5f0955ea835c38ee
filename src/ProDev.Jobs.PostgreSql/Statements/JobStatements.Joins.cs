namespace ProDev.Jobs.PostgreSql;

/// <summary>The results of groups that something waits for.</summary>
internal sealed partial class JobStatements
{
    /// <summary>
    /// Keeps results of the group $1 at the places $2, unless they are taken: $3. Gives how many the group has now. Members that end at the same time
    /// meet at the counter's row: the second one waits for the first to commit and then counts on.
    /// </summary>
    public string Contribute { get; } =
        $"""
        WITH added AS (
            INSERT INTO "{schema}".join_result (group_id, place, result)
            SELECT $1, u.place, u.result FROM unnest($2::integer[], $3::bytea[]) AS u (place, result)
            ON CONFLICT DO NOTHING
            RETURNING 1)
        INSERT INTO "{schema}".join_count AS c (group_id, done) SELECT $1, count(*) FROM added
        ON CONFLICT (group_id) DO UPDATE SET done = c.done + excluded.done
        RETURNING c.done
        """;

    /// <summary>Takes all results of the group $1 away, and gives them in order.</summary>
    public string TakeResults { get; } =
        $"""
        WITH counted AS (DELETE FROM "{schema}".join_count WHERE group_id = $1),
        taken AS (DELETE FROM "{schema}".join_result WHERE group_id = $1 RETURNING place, result)
        SELECT result FROM taken ORDER BY place
        """;
}
