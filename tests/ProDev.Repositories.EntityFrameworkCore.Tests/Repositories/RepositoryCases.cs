using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>The contract of repositories and units of work. Inherited by every database.</summary>
public abstract class RepositoryCases(TestDatabase database)
{
    [Fact]
    public async Task EntityIsFoundOrNull_WhenAskedByKey()
    {
        await using var scope = Scope();
        Assert.Equal(7, (await scope.Cities.FindAsync(7))!.Id);
        Assert.Null(await scope.Cities.FindAsync(-7));
        Assert.Equal(7, (await scope.ReadCities.FindAsync(7))!.Id);
        Assert.Null(await scope.ReadCities.FindAsync(-7));
    }

    [Fact]
    public async Task EntityIsFound_WhenItsKeyIsATuple()
    {
        await using var scope = Scope();
        Assert.Equal(2003, (await scope.Get<IReadRepository<Price>>().FindAsync(("C2", 2003)))!.Year);
        Assert.Equal(2004, (await scope.Get<IRepository<Price>>().FindAsync(("C3", 2004)))!.Year);
        Assert.Null(await scope.Get<IReadRepository<Price>>().FindAsync(("C2", 1900)));
    }

    [Fact]
    public async Task KeyIsNamed_WhenItHasAnotherType()
    {
        await using var scope = Scope();
        var single = await Assert.ThrowsAsync<ArgumentException>(() => scope.Cities.FindAsync(7L));
        Assert.StartsWith("'7' of type 'Int64' is not a key of 'City'. Its key is (Int32 Id): pass a value of that type.", single.Message, StringComparison.Ordinal);

        var composite = await Assert.ThrowsAsync<ArgumentException>(() => scope.Get<IReadRepository<Price>>().FindAsync("C2"));
        Assert.StartsWith(
            "'C2' of type 'String' is not a key of 'Price'. Its key is (String Country, Int32 Year): pass a tuple of these types, in this order.",
            composite.Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(() => scope.Cities.FindAsync(null!));
    }

    [Fact]
    public async Task ReadRepositoryDoesNotTrack_AndRepositoryDoes()
    {
        await using var scope = Scope();
        await scope.ReadCities.FindAsync(1);
        await scope.ReadCities.FirstOrDefaultAsync(new ById(2));
        await scope.ReadCities.ListAsync(new ById(2));
        await scope.ReadCities.PageAsync(new ById(2), CursorRequest.First(1));
        await scope.Cities.FirstOrDefaultAsync(new NameOf(2));
        await scope.Cities.ListAsync(new ById(2, track: false));
        Assert.Empty(scope.Context.ChangeTracker.Entries());

        await scope.ReadCities.ListAsync(new ById(3, track: true));
        await scope.Cities.FirstOrDefaultAsync(new ById(2));
        Assert.Same(await scope.Cities.FindAsync(2), (await scope.Cities.ListAsync(new ById(2)))[0]);
        Assert.Equal([2, 3], scope.Context.ChangeTracker.Entries<City>().Select(entry => entry.Entity.Id).Order());
    }

    [Fact]
    public async Task ReadsAgree_WhenOneSpecificationIsListedStreamedCountedAndPaged()
    {
        await using var scope = Scope();
        var specification = new Largest("DE");
        var list = await scope.ReadCities.ListAsync(specification);
        var stream = new List<string>();
        await foreach (var name in scope.ReadCities.StreamAsync(specification))
            stream.Add(name);

        var page = await scope.ReadCities.PageAsync(specification, CursorRequest.First(40));
        Assert.Equal(10, list.Count);
        Assert.Equal(list, stream);
        Assert.Equal(list, page.Items.Take(10));
        Assert.Equal(40, page.Items.Count);
        Assert.Equal(list[0], await scope.ReadCities.FirstOrDefaultAsync(specification));
        Assert.Equal(await scope.Context.Cities.LongCountAsync(c => c.Country == "DE"), await scope.ReadCities.CountAsync(specification));
        Assert.True(await scope.ReadCities.AnyAsync(specification));
        Assert.False(await scope.ReadCities.AnyAsync(new Largest("XX")));
        Assert.Null(await scope.ReadCities.FirstOrDefaultAsync(new Largest("XX")));
    }

    [Fact]
    public async Task CancellationSurfacesWithTheCallersToken_WhenAReadIsCancelled()
    {
        await using var scope = Scope();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var fault = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.ReadCities.ListAsync(new Largest("DE"), source.Token));
        Assert.Equal(source.Token, fault.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.ReadCities.CountAsync(new Largest("DE"), source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in scope.ReadCities.StreamAsync(new Largest("DE"), source.Token))
                Assert.Fail("A row was read.");
        });
    }

    [Fact]
    public async Task NothingIsWritten_BeforeTheUnitOfWorkCommits()
    {
        await using var scope = Scope();
        scope.Get<IRepository<District>>().Add(new District { Id = 101, Name = "New" });
        Assert.Null(await OtherDistrictAsync(101));
        Assert.Equal(1, await scope.UnitOfWork.CommitAsync());
        Assert.Equal("New", (await OtherDistrictAsync(101))!.Name);

        var district = await scope.Get<IRepository<District>>().FindAsync(101);
        district!.Name = "Renamed";
        Assert.Equal(1, await scope.UnitOfWork.CommitAsync());
        Assert.Equal("Renamed", (await OtherDistrictAsync(101))!.Name);

        scope.Get<IRepository<District>>().Remove(district);
        Assert.NotNull(await OtherDistrictAsync(101));
        Assert.Equal(1, await scope.UnitOfWork.CommitAsync());
        Assert.Null(await OtherDistrictAsync(101));
        Assert.Equal(0, await scope.UnitOfWork.CommitAsync());
    }

    [Fact]
    public async Task StaleRowIsReported_WhenAnotherUnitOfWorkWroteFirst()
    {
        await using var first = Scope();
        await using var second = Scope();
        foreach (var scope in new[] { first, second })
        {
            var city = await scope.Cities.FindAsync(11);
            city!.Population = 1;
            city.Version++;
        }

        await first.UnitOfWork.CommitAsync();
        var fault = await Assert.ThrowsAsync<CommitConflictException>(() => second.UnitOfWork.CommitAsync());
        Assert.Equal(CommitConflict.StaleRow, fault.Conflict);
        Assert.Equal(["City"], fault.Entities);
        Assert.Equal(
            "The commit was refused: 'City' was changed or deleted by someone else after it was read. Read it again, apply the change again and commit again.",
            fault.Message);
        Assert.IsType<DbUpdateConcurrencyException>(fault.InnerException);
    }

    [Fact]
    public async Task DuplicateIsReported_WhenAUniqueValueOrAKeyExists()
    {
        var existing = await OtherCityAsync(1);
        await using (var scope = Scope())
        {
            scope.Cities.Add(NewCity(500_001, existing!.Code));
            var fault = await Assert.ThrowsAsync<CommitConflictException>(() => scope.UnitOfWork.CommitAsync());
            Assert.Equal(CommitConflict.DuplicateRow, fault.Conflict);
            Assert.Equal(["City"], fault.Entities);
        }

        await using (var scope = Scope())
        {
            scope.Cities.Add(NewCity(1, new CityCode("free")));
            var fault = await Assert.ThrowsAsync<CommitConflictException>(() => scope.UnitOfWork.CommitAsync());
            Assert.Equal(CommitConflict.DuplicateRow, fault.Conflict);
        }
    }

    [Fact]
    public async Task StoresExceptionSurfaces_WhenACommitFailsOtherwise()
    {
        await using var scope = Scope();
        scope.Cities.Add(NewCity(500_002, new CityCode("orphan"), district: 9999));
        await Assert.ThrowsAsync<DbUpdateException>(() => scope.UnitOfWork.CommitAsync());
    }

    [Fact]
    public async Task AllIsWritten_WhenWorkInATransactionSucceeds()
    {
        await using var scope = Scope();
        var result = await scope.UnitOfWork.InTransactionAsync(async token =>
        {
            scope.AddDistrict(201);
            await scope.UnitOfWork.CommitAsync(token);
            Assert.Null(await OtherDistrictAsync(201));
            scope.AddDistrict(202); // Pending at the end: committed with the rest.
            return 42;
        });

        Assert.Equal(42, result);
        Assert.NotNull(await OtherDistrictAsync(201));
        Assert.NotNull(await OtherDistrictAsync(202));
    }

    [Fact]
    public async Task NothingIsWrittenAndNothingTracked_WhenWorkInATransactionFails()
    {
        await using var scope = Scope();
        await Assert.ThrowsAsync<TimeoutException>(() => scope.UnitOfWork.InTransactionAsync(async token =>
        {
            scope.AddDistrict(203);
            await scope.UnitOfWork.CommitAsync(token);
            scope.AddDistrict(204);
            throw new TimeoutException();
        }));

        Assert.Null(await OtherDistrictAsync(203));
        Assert.Null(await OtherDistrictAsync(204));
        Assert.Empty(scope.Context.ChangeTracker.Entries());
        Assert.Null(scope.Context.Database.CurrentTransaction);
    }

    [Fact]
    public async Task OnlyTheInnerWorkIsUndone_WhenItFailsInsideAnotherTransactionAndIsCaught()
    {
        await using var scope = Scope();
        await scope.UnitOfWork.InTransactionAsync(async token =>
        {
            scope.AddDistrict(205);
            await scope.UnitOfWork.CommitAsync(token);
            await Assert.ThrowsAsync<CommitConflictException>(() => scope.UnitOfWork.InTransactionAsync(
                async inner =>
                {
                    scope.AddDistrict(206);
                    await scope.UnitOfWork.CommitAsync(inner);
                    scope.Context.ChangeTracker.Clear();
                    scope.AddDistrict(205);
                },
                token));
            await scope.UnitOfWork.InTransactionAsync(
                _ =>
                {
                    scope.AddDistrict(207);
                    return Task.CompletedTask;
                },
                token);
        });

        Assert.NotNull(await OtherDistrictAsync(205));
        Assert.Null(await OtherDistrictAsync(206));
        Assert.NotNull(await OtherDistrictAsync(207));
    }

    [Fact]
    public async Task TransactionIsRefused_WhenChangesArePending()
    {
        await using var scope = Scope();
        scope.AddDistrict(208);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => scope.UnitOfWork.InTransactionAsync(_ => Task.CompletedTask));
        Assert.Equal(
            "Changes were pending when InTransactionAsync was called; they could be neither retried nor rolled back with its work. " +
            "Call CommitAsync before it, or make the changes inside the work.",
            fault.Message);
    }

    private static City NewCity(int id, CityCode code, int district = 1) => new()
    {
        Id = id,
        Name = "New",
        Country = "NW",
        Added = DateTime.UnixEpoch,
        Code = code,
        DistrictId = district,
    };

    private async Task<District?> OtherDistrictAsync(int id)
    {
        await using var context = database.Open();
        return await context.Districts.FindAsync(id);
    }

    private async Task<City?> OtherCityAsync(int id)
    {
        await using var context = database.Open();
        return await context.Cities.FindAsync(id);
    }

    private RepositoryScope Scope() => new(database);

    private sealed class ById : Specification<City>
    {
        public ById(int id, bool? track = null)
        {
            Where(c => c.Id == id);
            Unbounded();
            if (track == true)
                AsTracking();
            else if (track == false)
                AsNoTracking();
        }
    }

    private sealed class NameOf : Specification<City, string>
    {
        public NameOf(int id)
        {
            Where(c => c.Id == id);
            Select(c => c.Name);
        }
    }

    private sealed class Largest : Specification<City, string>
    {
        public Largest(string country)
        {
            Where(c => c.Country == country);
            OrderByDescending(c => c.Population);
            ThenByDescending(c => c.Id);
            Select(c => c.Name);
            Take(10);
            TagWith("largest cities");
        }
    }
}

/// <summary>One scope of an application that has repositories.</summary>
internal sealed class RepositoryScope : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly AsyncServiceScope _scope;

    public RepositoryScope(TestDatabase database)
    {
        var services = new ServiceCollection();
        services.AddDbContext<AtlasContext>(database.Use);
        services.AddProDevRepositories<AtlasContext>();
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        _scope = _provider.CreateAsyncScope();
    }

    public IRepository<City> Cities => Get<IRepository<City>>();

    public IReadRepository<City> ReadCities => Get<IReadRepository<City>>();

    public IUnitOfWork UnitOfWork => Get<IUnitOfWork>();

    public AtlasContext Context => Get<AtlasContext>();

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public void AddDistrict(int id) => Get<IRepository<District>>().Add(new District { Id = id, Name = $"District {id}" });

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _provider.DisposeAsync();
    }
}

public sealed class SqliteRepositoryTests(SqliteDatabase database) : RepositoryCases(database), IClassFixture<SqliteDatabase>
{
    // SQLite ends a transaction by itself when a disk is full or a trigger says so; then there is no savepoint to go back to.
    [Fact]
    public async Task WorksOwnFailureIsKept_WhenTheStoreHasEndedTheTransactionAlready()
    {
        await using var scope = new RepositoryScope(database);
        var fault = await Assert.ThrowsAsync<AggregateException>(() => scope.UnitOfWork.InTransactionAsync(token =>
            scope.UnitOfWork.InTransactionAsync(
                async inner =>
                {
                    scope.AddDistrict(230);
                    await scope.UnitOfWork.CommitAsync(inner);
                    await scope.Context.Database.ExecuteSqlRawAsync("ROLLBACK", inner);
                    throw new TimeoutException("the work's own");
                },
                token)));

        Assert.Equal("the work's own", Assert.IsType<TimeoutException>(fault.InnerExceptions[0]).Message);
        Assert.Equal(2, fault.InnerExceptions.Count);
        Assert.Empty(scope.Context.ChangeTracker.Entries());
        Assert.Null(await scope.Get<IReadRepository<District>>().FindAsync(230));
    }
}

[Trait("Requires", "PostgreSQL")]
public sealed class PostgresRepositoryTests(PostgresDatabase database) : RepositoryCases(database), IClassFixture<PostgresDatabase>;
