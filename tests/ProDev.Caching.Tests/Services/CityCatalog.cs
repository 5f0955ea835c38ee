namespace ProDev.Caching.Tests;

/// <summary>Counts what reaches it. Answers at once, or when <see cref="Gate"/> opens.</summary>
public sealed class CityCatalog : ICityCatalog
{
    private static readonly Task<City> NoTask = null!;

    private int _loads;
    private readonly int _version = 7;

    public int Loads => _loads;

    public int Disposals { get; private set; }

    public Task Gate { get; set; } = Task.CompletedTask;

    public CancellationToken LastToken { get; private set; }

    public IList<string> Log { get; } = [];

    public string this[int index]
    {
        get => Log[index];
        set => Log[index] = value;
    }

    public event EventHandler? Renamed;

    public async ValueTask<City?> FindAsync(string country, int id, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _loads);
        LastToken = cancellationToken;
        await Gate.WaitAsync(cancellationToken);
        return id < 0 ? null : new City(id, $"{country}-{id}", country);
    }

    public async Task<City> LargestAsync(string country)
    {
        Interlocked.Increment(ref _loads);
        await Gate;
        return new City(1, "Largest", country);
    }

    public Task<City> ByIdAsync(int id, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _loads);
        log?.Invoke($"loading {id}");
        return id == 0 ? NoTask : Task.FromResult(new City(id, "ById", ""));
    }

    public int Count(string? country) => Interlocked.Increment(ref _loads) * 100;

    public ValueTask<int> CountAllAsync() => new(Interlocked.Increment(ref _loads));

    public Task RenameAsync(string country, int id, string name)
    {
        Log.Add($"rename {name}");
        Renamed?.Invoke(this, EventArgs.Empty);
        return name.Length == 0 ? throw new ArgumentException("A name is needed.", nameof(name)) : Task.CompletedTask;
    }

    public ValueTask<int> ImportAsync(string country, int count) => new(count);

    public void Clear() => Log.Clear();

    public bool TryRead(string name, out City? city)
    {
        city = new City(0, name, "");
        return true;
    }

    public ref readonly int Version() => ref _version;

    public T Echo<T>(T value)
        where T : class => value;

    public T? EchoAny<T>(T? value) => value;

    public ValueTask<City> UncachedAsync(int id) => new(new City(Interlocked.Increment(ref _loads), "Uncached", ""));

    public Task<string> NameAsync(int id) => Task.FromResult($"name {Interlocked.Increment(ref _loads)}");

    public void Dispose() => Disposals++;
}
