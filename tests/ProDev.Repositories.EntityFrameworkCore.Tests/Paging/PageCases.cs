using System.Globalization;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>What a page does besides walking. Inherited by every database.</summary>
public abstract class PageCases(TestDatabase database)
{
    protected TestDatabase Database { get; } = database;

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    public async Task RelatedDataIsComplete_WhenPagesIncludeAReferenceAndACollection(int size)
    {
        await using var context = Database.Open();
        var cities = await Walk.ForwardAsync(request => context.Cities.PageAsync(new WithEverything(), request, Database.Signer), size);
        Assert.Equal(await Order(), cities.Select(city => city.Id));
        Assert.All(cities, city =>
        {
            Assert.Equal($"District {city.DistrictId}", city.District!.Name);
            Assert.Equal([$"first {city.Id}", $"second {city.Id}"], city.Tags.Select(tag => tag.Text).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task CitiesAreSought_WhenAPageLoadsACollection()
    {
        await using var context = Database.Open();
        var first = await context.Cities.PageAsync(new WithEverything(), CursorRequest.First(20), Database.Signer);
        Database.Recorder.Clear();
        await context.Cities.PageAsync(new WithEverything(), CursorRequest.After(first.Next!, 20), Database.Signer);

        var command = Assert.Single(Database.Recorder.Commands);
        AssertSeeks(command, await Database.ExplainAsync(command, asIfLarge: true));
    }

    [Fact]
    public async Task RelatedDataIsComplete_WhenCollectionsAreLoadedByASplitQuery()
    {
        await using var context = Database.Open();
        var cities = await Walk.BackwardAsync(request => context.Cities.PageAsync(new WithTagsApart(), request, Database.Signer), 50);
        Assert.Equal(await Order(), cities.Select(city => city.Id));
        Assert.All(cities, city => Assert.Equal(2, city.Tags.Count));
    }

    [Fact]
    public async Task RowsAreWhole_WhenAProjectionUsesAConstructorAReferenceAndACount()
    {
        await using var context = Database.Open();
        var rows = await Walk.ForwardAsync(request => context.Cities.PageAsync(new Rows(), request, Database.Signer), 50);
        Assert.Equal(await Order(), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Equal(2, row.Tags));
        Assert.All(rows, row => Assert.StartsWith("District ", row.District, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RowsAreWhole_WhenAProjectionHoldsACollection()
    {
        await using var context = Database.Open();
        var rows = await Walk.ForwardAsync(request => context.Cities.PageAsync(new RowsWithTags(), request, Database.Signer), 50);
        Assert.Equal(await Order(), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Equal(2, row.Tags.Count));
    }

    [Fact]
    public async Task KeysComeFromTheDatabase_WhenATrackedEntityHasOtherValuesInMemory()
    {
        await using var context = Database.Open();
        var first = await context.Cities.PageAsync(new CitiesIn(KeyShape.TextAscending), CursorRequest.First(20), Database.Signer);
        var expected = await context.Cities.PageAsync(new CitiesIn(KeyShape.TextAscending), CursorRequest.After(first.Next!, 20), Database.Signer);
        first.Items[^1].Name = "changed, and not saved";

        var again = await context.Cities.PageAsync(new CitiesIn(KeyShape.TextAscending), CursorRequest.First(20), Database.Signer);
        var next = await context.Cities.PageAsync(new CitiesIn(KeyShape.TextAscending), CursorRequest.After(again.Next!, 20), Database.Signer);
        Assert.Equal(expected.Items.Select(city => city.Id), next.Items.Select(city => city.Id));
    }

    [Fact]
    public async Task SizeIsALiteral_WhenAStatementIsWritten()
    {
        await using var context = Database.Open();
        Database.Recorder.Clear();
        await context.Cities.PageAsync(new CitiesIn(KeyShape.TextAscending), CursorRequest.First(17), Database.Signer);
        Assert.Contains("LIMIT 21", Assert.Single(Database.Recorder.Commands).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FewStatementsServeAllPages_WhenSizesDiffer()
    {
        await using var context = Database.Open();
        Database.Recorder.Clear();
        foreach (var size in Enumerable.Range(1, 100))
            Assert.Equal(size, (await context.Cities.PageAsync(new Sized(), CursorRequest.First(size), Database.Signer)).Items.Count);

        Assert.Equal(5, Database.Recorder.Commands.Select(command => command.Text).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task PageIsEmptyWithoutNeighbours_WhenNothingMatches()
    {
        await using var context = Database.Open();
        foreach (var request in new[] { CursorRequest.First(10), CursorRequest.Last(10) })
        {
            var page = await context.Cities.PageAsync(new CitiesIn(KeyShape.FilteredMixed, country: "XX"), request, Database.Signer);
            Assert.Empty(page.Items);
            Assert.Null(page.Next);
            Assert.Null(page.Previous);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task LastPageIsRecognized_WhenTheSizeIsNearTheNumberOfRows(int difference)
    {
        await using var context = Database.Open();
        var size = (int)await context.Cities.CountAsync(new CitiesIn(KeyShape.FilteredMixed, "JP")) + difference;
        var page = await context.Cities.PageAsync(new CitiesIn(KeyShape.FilteredMixed, "JP"), CursorRequest.First(size), Database.Signer);
        Assert.Equal(difference < 0, page.HasNext);
        Assert.False(page.HasPrevious);
    }

    [Fact]
    public async Task KeysOfTwoPartsAreWalked_WhenThePrimaryKeyIsComposite()
    {
        await using var context = Database.Open();
        var expected = await Database.QueryAsync<string>("""SELECT "Country" || "Year" FROM "Prices" ORDER BY "Amount" DESC, "Country" DESC, "Year" DESC""");
        var forward = await Walk.ForwardAsync(request => context.Prices.PageAsync(new PricesByAmount(), request, Database.Signer), 7);
        var backward = await Walk.BackwardAsync(request => context.Prices.PageAsync(new PricesByAmount(), request, Database.Signer), 7);
        Assert.Equal(expected, forward.Select(price => price.Country + price.Year.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(expected, backward.Select(price => price.Country + price.Year.ToString(CultureInfo.InvariantCulture)));
    }

    protected abstract void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan);

    private Task<IReadOnlyList<int>> Order() =>
        Database.QueryAsync<int>("""SELECT "Id" FROM "Cities" WHERE "Country" = 'FR' ORDER BY "Population" DESC, "Id" DESC""");

    private sealed class WithEverything : Specification<City>
    {
        public WithEverything()
        {
            Where(c => c.Country == "FR");
            OrderByDescending(c => c.Population);
            Include(c => c.District);
            Include(c => c.Tags);
        }
    }

    private sealed class WithTagsApart : Specification<City>
    {
        public WithTagsApart()
        {
            Where(c => c.Country == "FR");
            OrderByDescending(c => c.Population);
            Include(c => c.Tags);
            AsSplitQuery();
        }
    }

    private sealed record Row(int Id, string Name, string District, int Tags);

    private sealed class Rows : Specification<City, Row>
    {
        public Rows()
        {
            Where(c => c.Country == "FR");
            OrderByDescending(c => c.Population);
            Select(c => new Row(c.Id, c.Name, c.District!.Name, c.Tags.Count));
        }
    }

    private sealed record RowWithTags(int Id, IReadOnlyList<string> Tags);

    private sealed class RowsWithTags : Specification<City, RowWithTags>
    {
        public RowsWithTags()
        {
            Where(c => c.Country == "FR");
            OrderByDescending(c => c.Population);
            Select(c => new RowWithTags(c.Id, c.Tags.Select(tag => tag.Text).ToList()));
        }
    }

    private sealed class Sized : Specification<City>
    {
        public Sized() => OrderBy(c => c.Name);
    }

    private sealed class PricesByAmount : Specification<Price>
    {
        public PricesByAmount() => OrderByDescending(p => p.Amount);
    }
}
