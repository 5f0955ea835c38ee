using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Walks while others insert and delete. Inherited by every database.</summary>
public abstract class ChangingSetCases(TestDatabase database)
{
    [Theory]
    [InlineData(KeyShape.NullableDescending, 1)]
    [InlineData(KeyShape.NullableAscending, 2)]
    [InlineData(KeyShape.MixedThreeKeys, 3)]
    [InlineData(KeyShape.TwoNullableKeys, 4)]
    [InlineData(KeyShape.TextAscending, 5)]
    public async Task EveryRowThatStaysIsReadOnce_WhenRowsComeAndGoDuringTheWalk(KeyShape shape, int seed)
    {
        var random = new Random(seed);
        await using var context = database.Open();
        var before = await context.Cities.AsNoTracking().Select(c => c.Id).ToListAsync();
        var gone = new HashSet<int>();
        var next = 1_000_000 * seed;

        foreach (var backward in new[] { false, true })
        {
            var walked = new List<int>();
            var request = backward ? CursorRequest.Last(40) : CursorRequest.First(40);
            while (true)
            {
                await using var reader = database.Open();
                var page = await reader.Cities.PageAsync(new CitiesIn(shape), request, database.Signer);
                walked.AddRange(page.Items.Select(city => city.Id));
                if ((backward ? page.Previous : page.Next) is not { } cursor)
                    break;

                // The row the cursor stands on goes too: the cursor holds its values and does not need it.
                var anchor = backward ? page.Items[0].Id : page.Items[^1].Id;
                await DeleteAsync([anchor, .. Enumerable.Range(0, 4).Select(_ => before[random.Next(before.Count)])]);
                await InsertAsync();
                request = backward ? CursorRequest.Before(cursor, 40) : CursorRequest.After(cursor, 40);
            }

            Assert.Equal(walked.Count, walked.Distinct().Count());
            Assert.Empty(before.Except(gone).Except(walked));
        }

        async Task DeleteAsync(int[] ids)
        {
            gone.UnionWith(ids);
            await context.Cities.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync();
        }

        async Task InsertAsync()
        {
            await using var writer = database.Open();
            foreach (var city in AtlasData.Generate(count: 4, seed: random.Next()))
            {
                city.Id = ++next;
                city.Code = new CityCode($"N{next}");
                writer.Cities.Add(city);
            }

            await writer.SaveChangesAsync();
        }
    }

    [Fact]
    public async Task NothingIsLostOnTheWayBack_WhenAllThatFollowedIsDeleted()
    {
        await using var context = database.Open();
        context.Prices.AddRange(Enumerable.Range(1, 9).Select(year => new Price { Country = "ZZ", Year = year, Amount = 1 }));
        await context.SaveChangesAsync();

        var page = await context.Prices.PageAsync(new InZz(), CursorRequest.First(5), database.Signer);
        await context.Prices.Where(p => p.Country == "ZZ" && p.Year > 5).ExecuteDeleteAsync();

        var empty = await context.Prices.PageAsync(new InZz(), CursorRequest.After(page.Next!, 5), database.Signer);
        Assert.Empty(empty.Items);
        Assert.Null(empty.Next);

        var back = await context.Prices.PageAsync(new InZz(), CursorRequest.Before(empty.Previous!, 5), database.Signer);
        Assert.Equal([1, 2, 3, 4, 5], back.Items.Select(price => price.Year));
        Assert.Null(back.Previous);

        await context.Prices.Where(p => p.Country == "ZZ").ExecuteDeleteAsync();
        var gone = await context.Prices.PageAsync(new InZz(), CursorRequest.Before(back.Next!, 5), database.Signer);
        Assert.Empty(gone.Items);
        Assert.NotNull(gone.Next);
    }

    private sealed class InZz : Specification<Price>
    {
        public InZz()
        {
            Where(p => p.Country == "ZZ");
            OrderBy(p => p.Amount);
            AsNoTracking();
        }
    }
}

public sealed class SqliteChangingSetTests(SqliteDatabase database) : ChangingSetCases(database), IClassFixture<SqliteDatabase>;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgresChangingSetTests(PostgresDatabase database) : ChangingSetCases(database), IClassFixture<PostgresDatabase>;
