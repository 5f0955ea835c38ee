using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Caching.Tests.Conformance;

/// <summary>One cache under test, with the only clock that it reads.</summary>
public interface ICacheFixture : IDisposable
{
    /// <summary>An empty cache whose entries live for <see cref="HybridCacheCases{TFixture}.DefaultExpiration"/> by default.</summary>
    HybridCache Cache { get; }

    FakeTimeProvider Time { get; }
}
