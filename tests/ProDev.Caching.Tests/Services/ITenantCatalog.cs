namespace ProDev.Caching.Tests;

/// <summary>Answers depend on the tenant.</summary>
[CacheVaryBy<Tenant>]
public interface ITenantCatalog
{
    [Cached, CacheVaryBy<CultureKeyPart>]
    ValueTask<string> NameAsync(int id);

    [Cached]
    int Count();

    [CacheInvalidates(nameof(NameAsync))]
    Task RenameAsync(int id);
}

/// <summary>The tenant of a scope.</summary>
public sealed class Tenant : ICacheKeyPart
{
    public string? Name { get; set; }

    string? ICacheKeyPart.Current => Name;
}

/// <summary>Counts what reaches it.</summary>
public sealed class TenantCatalog(Tenant tenant, TenantCatalog.Counter counter) : ITenantCatalog
{
    public ValueTask<string> NameAsync(int id) => new($"{tenant.Name} {++counter.Loads}");

    public int Count() => ++counter.Loads;

    public Task RenameAsync(int id) => Task.CompletedTask;

    public sealed class Counter
    {
        public int Loads { get; set; }
    }
}
