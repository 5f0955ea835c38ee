using System.Diagnostics.CodeAnalysis;
using ProDev.Shared.Leases;

namespace ProDev.Jobs.Sqlite;

/// <summary>Named values of running jobs.</summary>
internal sealed partial class SqliteWriter
{
    private Statement _note;
    private Statement _pruneNotes;
    private Statement _discardNotes;

    /// <summary>Returns whether the lease was held.</summary>
    public bool Note(JobLease lease, string name, byte[] value) => _note.Bind(Receipts.NumberOf(lease), lease.Token, name, value).Execute() == 1;

    [MemberNotNull(nameof(_note), nameof(_pruneNotes), nameof(_discardNotes))]
    private void PrepareNotes()
    {
        _note = new(
            Connection,
            $"""
            INSERT INTO prodev_jobs_note (job, name, value) SELECT id, $name, $value FROM prodev_jobs_job {Held}
            ON CONFLICT (job, name) DO UPDATE SET value = excluded.value
            """,
            "$id", "$token", "$name", "$value");
        _pruneNotes = new(Connection, $"DELETE FROM prodev_jobs_note WHERE job IN ({Prunable})", "$before", "$maximum");
        _discardNotes = new(
            Connection,
            "DELETE FROM prodev_jobs_note WHERE job = (SELECT id FROM prodev_jobs_job WHERE job_id = $job AND state = 4)",
            "$job");
    }
}
