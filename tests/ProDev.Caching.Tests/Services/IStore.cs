namespace ProDev.Caching.Tests;

/// <summary>A generic service with generic and plain methods.</summary>
public interface IStore<T>
    where T : class
{
    [Cached(Tags = ["store"])]
    Task<T?> FindAsync(int id);

    [Cached(Isolation = ValueIsolation.Share)]
    ValueTask<TOther?> FindAsync<TOther>(int id)
        where TOther : class;

    [CachePut(nameof(FindAsync))]
    Task<T?> SaveAsync(int id, T? value);
}

/// <summary>Marks nothing of its own.</summary>
public interface ICityStore : IStore<City>
{
    string Name => "cities";
}

/// <summary>Counts what reaches it.</summary>
public sealed class Store<T> : IStore<T>
    where T : class
{
    public int Loads { get; private set; }

    public Task<T?> FindAsync(int id)
    {
        Loads++;
        return Task.FromResult<T?>(null);
    }

    public ValueTask<TOther?> FindAsync<TOther>(int id)
        where TOther : class
    {
        Loads++;
        return new ValueTask<TOther?>(typeof(TOther) == typeof(string) ? (TOther)(object)$"text {Loads}" : null);
    }

    public Task<T?> SaveAsync(int id, T? value) => id < 0 ? throw new ArgumentOutOfRangeException(nameof(id)) : Task.FromResult(value);
}

/// <summary>Counts what reaches it.</summary>
public sealed class CityStore : ICityStore
{
    private readonly Store<City> _store = new();

    public int Loads => _store.Loads;

    public Task<City?> FindAsync(int id) => _store.FindAsync(id);

    public ValueTask<TOther?> FindAsync<TOther>(int id)
        where TOther : class => _store.FindAsync<TOther>(id);

    public Task<City?> SaveAsync(int id, City? value) => _store.SaveAsync(id, value);
}
