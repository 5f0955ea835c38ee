using System.Buffers.Binary;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests;

/// <summary>A store in memory that several second levels share, and that fails, hangs and is overtaken as a test wants it.</summary>
internal sealed class MemoryStore(FakeTimeProvider time) : IDistributedCacheStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (byte[] Payload, DateTimeOffset Until)> _payloads = [];
    private readonly Dictionary<string, long> _tags = [];
    private long _version;

    /// <summary>What every call does before it does anything.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>What a read does when its answer is made and before it gives it.</summary>
    public Func<Task> AfterRead { get; set; } = static () => Task.CompletedTask;

    /// <summary>The names of the calls, each with its key or tags.</summary>
    public List<string> Calls { get; } = [];

    public void FailAlways() => Before = static (_, _) => throw new IOException("The store is down.");

    public void HangAlways() => Before = static (_, _) => new TaskCompletionSource().Task;

    public void Repair() => Before = static (_, _) => Task.CompletedTask;

    /// <summary>The payload of a key, to be looked at or changed.</summary>
    public byte[]? this[string key]
    {
        get
        {
            lock (_lock)
                return _payloads.TryGetValue(key, out var found) && found.Until > time.GetUtcNow() ? found.Payload : null;
        }

        set
        {
            lock (_lock)
                _payloads[key] = (value!, DateTimeOffset.MaxValue);
        }
    }

    public TimeSpan LifetimeOf(string key) => _payloads[key].Until - time.GetUtcNow();

    public void LoseTags() => _tags.Clear();

    public async ValueTask<DistributedCacheRead> ReadAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        await EnterAsync($"read {key}", cancellationToken);
        DistributedCacheRead answer;
        lock (_lock)
            answer = new DistributedCacheRead(this[key], Versions(tags));
        await AfterRead();
        return answer;
    }

    public async ValueTask<long[]> ReadTagVersionsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        await EnterAsync($"versions {string.Join(',', tags)}", cancellationToken);
        lock (_lock)
            return Versions(tags);
    }

    public async ValueTask<bool> WriteAsync(
        string key, ReadOnlyMemory<byte> payload, TimeSpan expiration, long? expectedGeneration, CancellationToken cancellationToken)
    {
        await EnterAsync($"write {key}", cancellationToken);
        lock (_lock)
        {
            if (expectedGeneration is { } expected && (this[key] is { } held ? BinaryPrimitives.ReadInt64LittleEndian(held) : 0) != expected)
                return false;
            _payloads[key] = (payload.ToArray(), time.GetUtcNow() + expiration);
            return true;
        }
    }

    public async ValueTask InvalidateTagAsync(string tag, CancellationToken cancellationToken)
    {
        await EnterAsync($"invalidate {tag}", cancellationToken);
        lock (_lock)
            _tags[tag] = ++_version;
    }

    private Task EnterAsync(string call, CancellationToken cancellationToken)
    {
        lock (_lock)
            Calls.Add(call);
        return Before(call, cancellationToken);
    }

    private long[] Versions(IReadOnlyList<string> tags)
    {
        var versions = new long[tags.Count];
        for (var index = 0; index < versions.Length; index++)
            versions[index] = _tags.TryGetValue(tags[index], out var version) ? version : _tags[tags[index]] = ++_version;
        return versions;
    }
}
