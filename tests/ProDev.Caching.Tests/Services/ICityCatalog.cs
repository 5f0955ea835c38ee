namespace ProDev.Caching.Tests;

/// <summary>Every shape of method a decorator has to deal with.</summary>
public interface ICityCatalog : ICityNames, IDisposable
{
    int Loads { get; }

    int Disposals { get; }

    string this[int index] { get; set; }

    event EventHandler? Renamed;

    [Cached(Expiration = "00:10:00", Tags = ["country:{country}"])]
    ValueTask<City?> FindAsync(string country, int id, CancellationToken cancellationToken = default);

    [Cached(Tags = ["country:{country}", "cities"])]
    Task<City> LargestAsync(string country);

    [Cached]
    Task<City> ByIdAsync(int id, [CacheKeyIgnore] Action<string>? log = null, CancellationToken cancellationToken = default);

    [Cached]
    int Count(string? country);

    [Cached(Expiration = "00:00:30")]
    ValueTask<int> CountAllAsync();

    [CacheInvalidates(nameof(FindAsync))]
    Task RenameAsync(string country, int id, string name);

    [CacheInvalidates(nameof(LargestAsync)), CacheInvalidates(nameof(FindAsync))]
    ValueTask<int> ImportAsync(string country, int count);

    [CacheInvalidates(nameof(CountAllAsync), Tags = ["cities"])]
    void Clear();

    bool TryRead(string name, out City? city);

    ref readonly int Version();

    T Echo<T>(T value)
        where T : class;

    T? EchoAny<T>(T? value);

    string Describe() => "default";

    ValueTask<City> UncachedAsync(int id);
}
