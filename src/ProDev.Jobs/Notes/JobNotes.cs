using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>What one attempt records while it runs, and what earlier attempts have recorded. Without a store it is in memory, for tests of a job.</summary>
internal sealed class JobNotes
{
    private const string ProgressName = "$progress";

    private readonly CheckedJobStore? _store;
    private readonly HeldJob? _held;
    private readonly JsonSerializerOptions _json;
    private readonly TimeSpan _lease;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _known = new(StringComparer.Ordinal);
    private Task? _loading;

    public JobNotes()
    {
        _json = new JobsOptions().SerializerOptions;
        JobJson.Complete(_json);
        _loading = Task.CompletedTask;
    }

    public JobNotes(CheckedJobStore store, HeldJob held, JsonSerializerOptions json, TimeSpan lease)
    {
        _store = store;
        _held = held;
        _json = json;
        _lease = lease;
    }

    public static JobProgress? ReadProgress(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> notes)
        => notes.TryGetValue(ProgressName, out ReadOnlyMemory<byte> json) ? JsonSerializer.Deserialize(json.Span, ContinuationJson.Default.JobProgress) : null;

    public async Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } recorded)
            return JsonSerializer.Deserialize(recorded.Span, JobJson.TypeInfo<T>(_json))!;
        cancellationToken.ThrowIfCancellationRequested();
        T result = await step(cancellationToken).ConfigureAwait(false);

        // No token: the step is done, and forgetting that would be worse than a late stop.
        await WriteAsync(name, JsonSerializer.SerializeToUtf8Bytes(result, JobJson.TypeInfo<T>(_json))).ConfigureAwait(false);
        return result;
    }

    public Task ReportAsync(JobProgress progress)
        => WriteAsync(ProgressName, JsonSerializer.SerializeToUtf8Bytes(progress, ContinuationJson.Default.JobProgress));

    public async Task<bool> HeartbeatAsync(CancellationToken cancellationToken)
        => _store is null || (await _store.ExtendAsync([_held!.Lease], _lease, cancellationToken).ConfigureAwait(false))[0];

    private async Task<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await LoadedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
            return _known.TryGetValue(name, out ReadOnlyMemory<byte> value) ? value : default(ReadOnlyMemory<byte>?);
    }

    private Task LoadedAsync()
    {
        lock (_lock)
        {
            if (_loading is null or { IsFaulted: true })
                _loading = LoadAsync();
            return _loading;
        }
    }

    private async Task LoadAsync()
    {
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> notes = await _store!.ReadNotesAsync(_held!.Lease.JobId, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
        {
            foreach ((string name, ReadOnlyMemory<byte> value) in notes)
                _known.TryAdd(name, value);
        }
    }

    private async Task WriteAsync(string name, byte[] value)
    {
        if (_store is not null && !await _store.NoteAsync(_held!.Lease, name, value, CancellationToken.None).ConfigureAwait(false))
        {
            _held.MarkLost();
            throw new JobLeaseLostException();
        }

        lock (_lock)
            _known[name] = value;
    }
}
