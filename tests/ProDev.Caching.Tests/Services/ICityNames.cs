namespace ProDev.Caching.Tests;

/// <summary>The base of <see cref="ICityCatalog"/>: its cached methods are cached there, too.</summary>
public interface ICityNames
{
    [Cached]
    Task<string> NameAsync(int id);
}
