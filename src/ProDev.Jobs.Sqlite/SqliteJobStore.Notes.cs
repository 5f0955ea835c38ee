namespace ProDev.Jobs.Sqlite;

/// <summary>Named values of running jobs.</summary>
internal sealed partial class SqliteJobStore
{
    public async ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        byte[] json = value.ToArray();
        return await WriteAsync(w => w.Note(lease, name, json), wakes: false, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken)
        => await ReadAsync(r => r.ReadNotes(id), cancellationToken).ConfigureAwait(false);
}
