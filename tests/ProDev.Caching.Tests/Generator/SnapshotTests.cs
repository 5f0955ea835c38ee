namespace ProDev.Caching.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void Cached_methods_of_each_return_kind() => Snapshot.Matches(GeneratorHarness.Generate("""
        namespace Atlas;

        public sealed record City(int Id, string Name);

        public interface ICityCatalog
        {
            [Cached(Expiration = "00:10:00", Tags = ["country:{country}", "cities"])]
            ValueTask<IReadOnlyList<City>> NearestAsync(string country, double latitude, double longitude, int take, CancellationToken ct = default);

            [Cached(Expiration = "1.00:00:00")]
            Task<City?> FindAsync(int id);

            [Cached]
            Task<City?> FindAsync(string? name, [CacheKeyIgnore] Action<string> log);

            [Cached]
            int Count();

            Task AddAsync(City city);
        }
        """));

    [Fact]
    public void Invalidating_methods_by_key_and_by_tag() => Snapshot.Matches(GeneratorHarness.Generate("""
        namespace Atlas;

        public interface ICityCatalog
        {
            [Cached(Tags = ["country:{country}", "cities"])]
            Task<string> NameAsync(string country, int id);

            [CacheInvalidates(nameof(NameAsync))]
            Task RenameAsync(string country, int id, string name, CancellationToken ct);

            [CacheInvalidates(nameof(NameAsync))]
            ValueTask<int> ImportAsync(string country);

            [CacheInvalidates(nameof(NameAsync))]
            bool Clear();

            [CacheInvalidates(Tags = ["region:{region}", "{{literal}} \"quoted\""])]
            void Touch(DayOfWeek region);
        }
        """));

    [Fact]
    public void Members_that_are_passed_through() => Snapshot.Matches(GeneratorHarness.Generate("""
        namespace Atlas
        {
            public interface INamed
            {
                string Name { get; }

                void Reset();
            }

            public interface ITitled
            {
                string Name { get; }

                void Reset();
            }

            public static class Outer
            {
                internal interface ICatalog : INamed, ITitled, IAsyncDisposable
                {
                    [Cached]
                    string Describe(int id);

                    new string Name { get; set; }

                    ref int this[in int index] { get; }

                    event Action? Changed;

                    void Swap(ref int left, out int right, in int third, params int[] rest);

                    ReadOnlySpan<char> Slice(scoped ReadOnlySpan<char> text, Span<int> numbers);

                    T? Convert<T, TOther>(T? value, TOther other) where TOther : struct;

                    void Keep<T>(T? value) where T : class, IDisposable, new();

                    IAsyncEnumerable<(int Id, string? Name)> AllAsync(int @class, string _inner);

                    void INamed.Reset() => Swap();

                    sealed int Twice(int value) => 2 * value;

                    void Swap() { }

                    static int Zero => 0;
                }
            }
        }
        """));

    [Fact]
    public void Names_that_collide_with_those_of_the_decorator() => Snapshot.Matches(GeneratorHarness.Generate("""
        public interface Catalog
        {
            [Cached]
            Task<int> Cache(int key, [CacheKeyIgnore] int inner, [CacheKeyIgnore] string cached, string _inner, int @event);

            [Cached]
            ValueTask<int> Stores(string key, CancellationToken state);

            [Cached]
            int @class((int Id, string Name) pair);
        }
        """));

    [Fact]
    public void Odd_interfaces_compile() => Assert.NotEmpty(GeneratorHarness.Generate("""
        namespace Atlas;

        public enum Kind { Big, Small }

        public interface ISource<T> { Task<T> ReadAsync(int id); }

        public interface ICatalog : ISource<string>, ISource<int?>
        {
            [Cached(Tags = ["kind:{kind}"])]
            async ValueTask<(int Count, string? Name)> DefaultAsync(Kind kind, int? limit = null, string text = "a\"b", CancellationToken ct = default)
            {
                await ReadBothAsync();
                return (limit ?? 0, text);
            }

            [Cached(Isolation = ValueIsolation.Share)] Task<dynamic> DynamicAsync(Guid id, DateTimeOffset? at);

            [CacheInvalidates(nameof(DynamicAsync))] Task<int> WriteAsync(Guid id, DateTimeOffset? at, params int[] rest);

            Task ReadBothAsync() => Task.CompletedTask;

            int Level { get => 0; private set { } }

            [Obsolete("Use another.", error: true)] void Old();

            [Obsolete("Use another.", error: true), Cached] Task<int> OldAsync(int id);

            [Obsolete("Use another.", error: true)] int OldProperty { get; }
        }
        """));

    [Fact]
    public void Two_interfaces_whose_names_differ_by_the_letter_in_front_compile() => Assert.NotEmpty(GeneratorHarness.Generate("""
        namespace Atlas;

        public interface ICatalog { [Cached] int Count(); }

        public interface Catalog { [Cached] int Count(); }
        """));

    [Fact]
    public void Generic_methods() => Snapshot.Matches(GeneratorHarness.Generate("""
        namespace Atlas;

        public interface IStore
        {
            [Cached(Isolation = ValueIsolation.Copy)]
            Task<T?> FindAsync<T>(int id, CancellationToken ct = default) where T : class;

            [Cached]
            int Count<T, TId>(TId id) where T : struct where TId : IEquatable<TId>;

            [CacheInvalidates(nameof(FindAsync))]
            Task RemoveAsync<T>(int id) where T : class;
        }
        """, allowed: "PDC015"));

    [Fact]
    public void A_generic_interface_is_decorated_where_it_is_closed() => Snapshot.Matches(GeneratorHarness.Generate("""
        using Microsoft.Extensions.DependencyInjection;

        namespace Atlas;

        public sealed record City(int Id, string Name);

        public interface IStore<T> where T : class
        {
            [Cached] Task<T?> FindAsync(int id);

            [CachePut(nameof(FindAsync))] Task<T?> SaveAsync(int id, T value);
        }

        public static class Registration
        {
            public static void Add(IServiceCollection services) => services.DecorateWithCache<IStore<City>>().DecorateWithCache<IStore<City>>();
        }
        """));

    [Fact]
    public void Types_that_are_one_at_run_time_have_one_decorator()
    {
        var generated = GeneratorHarness.Generate("""
            using Microsoft.Extensions.DependencyInjection;

            namespace Atlas;

            public interface IStore<T> { [Cached(Isolation = ValueIsolation.Share)] Task<T> FindAsync(int id); }

            public static class Registration
            {
                public static void Add(IServiceCollection services) => services
                    .DecorateWithCache<IStore<string>>().DecorateWithCache<IStore<string?>>()
                    .DecorateWithCache<IStore<int>>().DecorateWithCache<IStore<int?>>()
                    .DecorateWithCache<IStore<(int Id, string Name)>>().DecorateWithCache<IStore<(int, string?)>>()
                    .DecorateWithCache<IStore<List<string?>>>().DecorateWithCache<IStore<List<string>>>()
                    .DecorateWithCache<IStore<string[]>>();
            }
            """);

        Assert.Equal(6, generated.Split("internal sealed class ").Length - 1);
    }

    [Fact]
    public void Results_that_are_replaced_and_that_vary_by_more_than_the_arguments() => Snapshot.Matches(GeneratorHarness.Generate("""
        namespace Atlas;

        public sealed class Tenant : ICacheKeyPart { public string? Current => "acme"; }

        [CacheVaryBy<Tenant>]
        public interface ICatalog
        {
            [Cached(Tags = ["names"]), CacheVaryBy<CultureKeyPart>]
            ValueTask<string> NameAsync(int id, string tenant);

            [Cached]
            int Count();

            [CachePut(nameof(NameAsync)), CacheInvalidates(nameof(Count))]
            Task<string> RenameAsync(int id, string tenant, string name);
        }
        """));
}
