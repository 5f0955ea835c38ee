namespace ProDev.Retry.Tests;

public sealed record City(int Id, string Name);

/// <summary>A decorated interface with each kind of method.</summary>
public interface ICityCatalog
{
    [Retry(MaxAttempts = 3, BaseDelay = "00:00:00"), Idempotent]
    ValueTask<City> FindAsync(int id, CancellationToken ct = default);

    [Retry(MaxAttempts = 2, BaseDelay = "00:00:00"), Idempotent]
    Task<int> CountAsync(string country, CancellationToken ct = default);

    [Retry(Policy = "writes"), Idempotent]
    Task RenameAsync(int id, string name, CancellationToken ct = default);

    [Retry, Idempotent]
    ValueTask TouchAsync(CancellationToken ct = default);

    [Retry(MaxAttempts = 3, BaseDelay = "00:00:00"), Idempotent]
    int Measure(int id);

    [Retry(MaxAttempts = 3, BaseDelay = "00:00:00"), Idempotent]
    void Store(int id);

    [Retry(MaxAttempts = 3, BaseDelay = "00:00:00"), Idempotent]
    ValueTask<T> EchoAsync<T>(T value, CancellationToken ct = default)
        where T : notnull;

    ValueTask<int> OnceAsync(CancellationToken ct = default);

    string Source { get; }
}

/// <summary>Fails as often as it is told to, then succeeds.</summary>
internal sealed class CityCatalog : ICityCatalog, IDisposable
{
    private static readonly City Known = new(1, "Łódź");
    private static readonly Task<int> KnownCount = Task.FromResult(12);

    public int Failures { get; set; }

    public int Calls { get; private set; }

    public int Disposals { get; private set; }

    public CancellationToken LastToken { get; private set; }

    public string Source => "memory";

    public ValueTask<City> FindAsync(int id, CancellationToken ct = default)
    {
        Attempt(ct);
        return new(Known);
    }

    public Task<int> CountAsync(string country, CancellationToken ct = default)
    {
        Attempt(ct);
        return KnownCount;
    }

    public async Task RenameAsync(int id, string name, CancellationToken ct = default)
    {
        await Task.Yield();
        Attempt(ct);
    }

    public ValueTask TouchAsync(CancellationToken ct = default)
    {
        Attempt(ct);
        return default;
    }

    public int Measure(int id)
    {
        Attempt(default);
        return id;
    }

    public void Store(int id) => Attempt(default);

    public ValueTask<T> EchoAsync<T>(T value, CancellationToken ct = default)
        where T : notnull
    {
        Attempt(ct);
        return new(value);
    }

    public ValueTask<int> OnceAsync(CancellationToken ct = default)
    {
        Attempt(ct);
        return new(1);
    }

    public void Dispose() => Disposals++;

    private void Attempt(CancellationToken ct)
    {
        Calls++;
        LastToken = ct;
        if (Calls <= Failures)
            throw new IOException($"failure {Calls}");
    }
}
