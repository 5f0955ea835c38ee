namespace ProDev.Jobs;

/// <summary>Named values of running jobs.</summary>
internal sealed partial class MemoryJobStore
{
    public ValueTask<bool> NoteAsync(JobLease lease, string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_table.Held(lease) is not { } job)
                return ValueTask.FromResult(false);
            (job.Notes ??= new(StringComparer.Ordinal))[name] = value;
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadNotesAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            IReadOnlyDictionary<string, ReadOnlyMemory<byte>> notes = _table.Find(id)?.Notes is { } kept ? new Dictionary<string, ReadOnlyMemory<byte>>(kept) : NoNotes;
            return ValueTask.FromResult(notes);
        }
    }

    private static readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> NoNotes = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
}
