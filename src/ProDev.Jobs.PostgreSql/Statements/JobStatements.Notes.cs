namespace ProDev.Jobs.PostgreSql;

/// <summary>Named values of running jobs.</summary>
internal sealed partial class JobStatements
{
    /// <summary>
    /// Keeps the value $4 under the name $3 with the job $1, if $2 is its latest token. Gives a row if so. The lock on the running job makes a
    /// rescuer that comes at the same moment wait, or this statement see that it was late.
    /// </summary>
    public string Note { get; } =
        $"""
        WITH held AS (SELECT seq FROM "{schema}".running WHERE seq = $1 AND token = $2 FOR UPDATE)
        INSERT INTO "{schema}".note (seq, name, value) SELECT seq, $3, $4 FROM held
        ON CONFLICT (seq, name) DO UPDATE SET value = excluded.value
        RETURNING 1
        """;

    /// <summary>The values of the job $1.</summary>
    public string ReadNotes { get; } =
        $"""SELECT name, value FROM "{schema}".note WHERE seq = (SELECT seq FROM "{schema}".job WHERE id = $1)""";
}
