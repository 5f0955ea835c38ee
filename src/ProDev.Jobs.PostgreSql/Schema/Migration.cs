using System.Globalization;
using System.Text;

namespace ProDev.Jobs.PostgreSql;

/// <summary>One step of the schema: a numbered file in this assembly.</summary>
internal sealed record Migration(int Version, string FileName)
{
    private const string Initial = "0001_initial.sql";
    private const string Canvas = "0002_canvas.sql";
    private const string SchedulesAndNotes = "0003_schedules_and_notes.sql";
    private const string UniqueKeys = "0004_unique_keys.sql";
    private const string Limits = "0005_limits.sql";

    /// <summary>Every step, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
        [new(1, Initial), new(2, Canvas), new(3, SchedulesAndNotes), new(4, UniqueKeys), new(5, Limits)];

    /// <summary>The version that this package writes. A higher one in the database was written by a later package.</summary>
    public static int Latest => All[^1].Version;

    public static string CreateTable(string schema) =>
        $"CREATE TABLE IF NOT EXISTS \"{schema}\".migration (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())";

    /// <summary>Lets one migrate while others wait, until the end of the transaction.</summary>
    public static string Lock(string schema) => $"SELECT pg_advisory_xact_lock(hashtextextended('prodev_jobs.migration.{schema}', 0))";

    public string Sql(string schema)
    {
        using Stream stream = typeof(Migration).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("{schema}", $"\"{schema}\"", StringComparison.Ordinal) +
            string.Create(CultureInfo.InvariantCulture, $"INSERT INTO \"{schema}\".migration (version) VALUES ({Version});\n");
    }

    public static string Script(string schema)
    {
        var script = new StringBuilder();
        script.AppendLine("BEGIN;").Append(Lock(schema)).AppendLine(";");
        script.Append(CultureInfo.InvariantCulture, $"CREATE SCHEMA IF NOT EXISTS \"{schema}\";\n").Append(CreateTable(schema)).AppendLine(";");
        foreach (Migration step in All)
        {
            script.AppendLine("DO $step$ BEGIN");
            script.Append(
                CultureInfo.InvariantCulture, $"IF NOT EXISTS (SELECT FROM \"{schema}\".migration WHERE version = {step.Version}) THEN\n");
            script.Append(step.Sql(schema)).AppendLine("END IF; END $step$;");
        }

        return script.AppendLine("COMMIT;").ToString();
    }
}
