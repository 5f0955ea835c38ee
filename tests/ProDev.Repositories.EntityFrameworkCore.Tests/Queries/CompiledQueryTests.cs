using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class CompiledQueryTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private static readonly string[] AllCountries = ["BR", "CN", "DE", "EG", "FR", "IN", "JP"];

    [Fact]
    public async Task EachInstanceSeesItsOwnValue_WhenOneSpecificationIsRunWithDifferentValues()
    {
        await using var context = database.Open();
        foreach (var country in AllCountries)
        {
            var cities = await context.Cities.ListAsync(new InCountry(country));
            Assert.NotEmpty(cities);
            Assert.All(cities, city => Assert.Equal(country, city.Country));
            Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == country), cities.Count);
        }

        Assert.Equal(1, Compiled<InCountry>(context));
    }

    [Fact]
    public async Task NullIsComparedAsNull_WhenACapturedValueIsNullAndThenNot()
    {
        await using var context = database.Open();
        foreach (var region in new[] { null, "R1", null, "R2" })
        {
            var cities = await context.Cities.ListAsync(new InRegion(region));
            Assert.NotEmpty(cities);
            Assert.All(cities, city => Assert.Equal(region, city.Region));
        }

        foreach (var population in new int?[] { 5000, null, 7000 })
        {
            var cities = await context.Cities.ListAsync(new WithPopulation(population));
            Assert.NotEmpty(cities);
            Assert.All(cities, city => Assert.Equal(population, city.Population));
        }

        Assert.Equal(1, Compiled<InRegion>(context));
        Assert.Equal(1, Compiled<WithPopulation>(context));
    }

    [Fact]
    public async Task EachInstanceSeesItsOwnCollection_WhenListsDifferInContentAndLength()
    {
        await using var context = database.Open();
        foreach (var countries in new string[][] { ["FR"], ["DE", "JP"], [], ["BR", "CN", "DE", "EG", "FR", "IN", "JP"], ["FR"] })
        {
            var expected = await context.Cities.LongCountAsync(c => EF.Constant(countries).Contains(c.Country));
            Assert.Equal(expected, await context.Cities.CountAsync(new InArray(countries)));
            Assert.Equal(expected, await context.Cities.CountAsync(new InList([.. countries])));
            Assert.Equal(expected, await context.Cities.CountAsync(new InSet([.. countries])));
            Assert.Equal(expected, await context.Cities.CountAsync(new InSequence(countries.Where(c => c.Length > 0))));
        }

        Assert.Equal(1, Compiled<InArray>(context));
        Assert.Equal(1, Compiled<InList>(context));
        Assert.Equal(1, Compiled<InSet>(context));
    }

    [Fact]
    public async Task ShapesAreKeptApart_WhenAConstructorAddsConditionsOnlySometimes()
    {
        await using var context = database.Open();
        var all = await context.Cities.CountAsync(new Search(null, null));
        var french = await context.Cities.CountAsync(new Search("FR", null));
        var large = await context.Cities.CountAsync(new Search(null, 30_000));
        var both = await context.Cities.CountAsync(new Search("FR", 30_000));
        var other = await context.Cities.CountAsync(new Search("DE", 10_000));

        Assert.Equal(AtlasData.Cities, all);
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == "FR"), french);
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Population >= 30_000), large);
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == "FR" && c.Population >= 30_000), both);
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == "DE" && c.Population >= 10_000), other);
        Assert.Equal(4, Compiled<Search>(context));
    }

    [Fact]
    public async Task LiteralsAreKeptApart_WhenTwoInstancesDifferOnlyInALiteral()
    {
        await using var context = database.Open();
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Rank == Rank.Town), await context.Cities.CountAsync(new TownOrCity(town: true)));
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Rank == Rank.City), await context.Cities.CountAsync(new TownOrCity(town: false)));
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Rank == Rank.Town), await context.Cities.CountAsync(new TownOrCity(town: true)));
        Assert.Equal(2, Compiled<TownOrCity>(context));
    }

    [Fact]
    public async Task CapturedValuesAreFound_WhereverTheyStand()
    {
        await using var context = database.Open();
        foreach (var (prefix, suffix, id) in new[] { ("first", "-a", 7), ("second", "-b", 11) })
        {
            var rows = await context.Cities.ListAsync(new Everywhere(prefix, suffix, id));
            var row = Assert.Single(rows);
            Assert.Equal(id, row.Id);
            Assert.EndsWith(suffix, row.Label, StringComparison.Ordinal);
            Assert.Equal($"{prefix} {id}", row.Tag);
        }

        Assert.Equal(1, Compiled<Everywhere>(context));
    }

    [Fact]
    public async Task FieldsAreReadWhenTheQueryRuns_WhenTheyChangeAfterTheConstructor()
    {
        await using var context = database.Open();
        var specification = new Mutable { Country = "FR" };
        var french = await context.Cities.CountAsync(specification);
        specification.Country = "DE";
        var german = await context.Cities.CountAsync(specification);

        Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == "FR"), french);
        Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == "DE"), german);
    }

    [Fact]
    public async Task ProjectionUsesItsOwnInstance_WhenItCallsAMethodOfACapturedObject()
    {
        await using var context = database.Open();
        var first = await context.Cities.FirstOrDefaultAsync(new Formatted(new Formatter("<", ">"), 1));
        var second = await context.Cities.FirstOrDefaultAsync(new Formatted(new Formatter("[", "]"), 2));
        Assert.StartsWith("<", first, StringComparison.Ordinal);
        Assert.StartsWith("[", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilteredIncludeUsesItsOwnValue_WhenInstancesDiffer()
    {
        await using var context = database.Open();
        var first = await context.Cities.FirstOrDefaultAsync(new WithTags("first", 1));
        var second = await context.Cities.FirstOrDefaultAsync(new WithTags("second", 2));
        Assert.Equal("first 1", Assert.Single(first!.Tags).Text);
        Assert.Equal("second 2", Assert.Single(second!.Tags).Text);
        Assert.Equal(1, Compiled<WithTags>(context));
    }

    [Fact]
    public async Task QueryIsNotCompiled_WhenItCapturesAnotherQuery()
    {
        foreach (var name in new[] { "District 3", "District 4" })
        {
            await using var context = database.Open();
            var cities = await context.Cities.ListAsync(new InDistrictOf(context.Districts.Where(d => d.Name == name)));
            Assert.NotEmpty(cities);
            Assert.All(cities, city => Assert.Equal(name, $"District {city.DistrictId}"));
            Assert.Equal(0, Compiled<InDistrictOf>(context));
        }
    }

    [Fact]
    public async Task QueryIsNotCompiled_WhenAValueMustBeALiteral()
    {
        await using var context = database.Open();
        foreach (var country in new[] { "FR", "DE" })
        {
            database.Recorder.Clear();
            var count = await context.Cities.CountAsync(new LiteralCountry(country));
            Assert.Contains($"'{country}'", Assert.Single(database.Recorder.Commands).Text, StringComparison.Ordinal);
            Assert.Equal(await context.Cities.LongCountAsync(c => c.Country == country), count);
        }

        Assert.Equal(0, Compiled<LiteralCountry>(context));
    }

    [Fact]
    public async Task QueryRunsAsOrdinary_WhenItHasMoreParametersThanACompiledOneMayHave()
    {
        await using var context = database.Open();
        foreach (var offset in new[] { 0, 100 })
        {
            var ids = Enumerable.Range(1 + offset, 14).ToArray();
            var cities = await context.Cities.ListAsync(new ManyParameters(ids));
            Assert.Equal(ids, cities.Select(city => city.Id).Order());

            var walked = await Walk.ForwardAsync(request => context.Cities.PageAsync(new ManyParameters(ids), request, database.Signer), 3);
            Assert.Equal(ids.OrderDescending(), walked.Select(city => city.Id));
        }

        Assert.Equal(0, Compiled<ManyParameters>(context));
    }

    [Fact]
    public async Task DatabaseFunctionsAreLeftToTheDatabase_WhenMixedWithCapturedValues()
    {
        await using var context = database.Open();
        Assert.Equal(
            await context.Cities.LongCountAsync(c => EF.Functions.Like(c.Name, "San%")),
            await context.Cities.CountAsync(new Like("San")));
        Assert.Equal(
            await context.Cities.LongCountAsync(c => EF.Functions.Like(c.Name, "Par%")),
            await context.Cities.CountAsync(new Like("Par")));
    }

    [Fact]
    public async Task ContextsDoNotShareQueries_WhenTheirSettingsDiffer()
    {
        await using var plain = database.Open();
        var options = database.Options();
        options.UseSqlite(plain.Database.GetConnectionString(), sqlite => sqlite.UseRelationalNulls());
        await using var relational = new AtlasContext(options.Options);

        // With relational null semantics, region <> 'R1' is unknown for a null region.
        var withNulls = await plain.Cities.CountAsync(new NotInRegion("R1"));
        var withoutNulls = await relational.Cities.CountAsync(new NotInRegion("R1"));
        Assert.Equal(await plain.Cities.LongCountAsync(c => c.Region != "R1"), withNulls);
        Assert.Equal(await plain.Cities.LongCountAsync(c => c.Region != null && c.Region != "R1"), withoutNulls);
        Assert.NotEqual(withNulls, withoutNulls);
    }

    [Fact]
    public async Task EveryCallerGetsItsOwnRows_WhenManyContextsCompileTheSameQueryAtOnce()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 16).Select(async i =>
        {
            var country = AllCountries[i % AllCountries.Length];
            await using var context = database.Open();
            await gate.Task;
            var cities = await context.Cities.ListAsync(new Raced(country));
            Assert.NotEmpty(cities);
            Assert.All(cities, city => Assert.Equal(country, city.Country));
        }).ToArray();
        gate.SetResult();
        await Task.WhenAll(callers);

        await using var context = database.Open();
        Assert.Equal(1, Compiled<Raced>(context));
    }

    [Fact]
    public async Task QueriesStopBeingCompiled_WhenASpecificationHasTooManyShapes()
    {
        await using var context = database.Open();
        var queries = new CompiledQueries();
        var template = SpecificationTemplate.Create(context, new InCountry("FR"), selector: null, tracks: false, out _);
        for (var i = 0; i < CompiledQueries.MaxShapesPerSpecification; i++)
            Assert.NotNull(queries.Get<Action>(new QueryShape(template, default, i), () => () => { }));

        Assert.Null(queries.Get<Action>(new QueryShape(template, default, -1), () => () => { }));
        Assert.NotNull(queries.Get<Action>(new QueryShape(template, default, 0), () => throw new InvalidOperationException("Compiled twice.")));
    }

    private static int Compiled<TSpecification>(AtlasContext context) => CompiledQueries.Of(context.Model).CountOf(typeof(TSpecification));

    private sealed class InCountry : Specification<City>
    {
        public InCountry(string country)
        {
            Where(c => c.Country == country);
            Unbounded();
        }
    }

    private sealed class Raced : Specification<City>
    {
        public Raced(string country)
        {
            Where(c => c.Country == country);
            Unbounded();
        }
    }

    private sealed class InRegion : Specification<City>
    {
        public InRegion(string? region)
        {
            Where(c => c.Region == region);
            Unbounded();
        }
    }

    private sealed class NotInRegion : Specification<City>
    {
        public NotInRegion(string region) => Where(c => c.Region != region);
    }

    private sealed class WithPopulation : Specification<City>
    {
        public WithPopulation(int? population)
        {
            Where(c => c.Population == population);
            Unbounded();
        }
    }

    private sealed class InArray : Specification<City>
    {
        public InArray(string[] countries) => Where(c => countries.Contains(c.Country));
    }

    private sealed class InList : Specification<City>
    {
        public InList(List<string> countries) => Where(c => countries.Contains(c.Country));
    }

    private sealed class InSet : Specification<City>
    {
        public InSet(HashSet<string> countries) => Where(c => countries.Contains(c.Country));
    }

    private sealed class InSequence : Specification<City>
    {
        public InSequence(IEnumerable<string> countries) => Where(c => countries.Contains(c.Country));
    }

    private sealed class Search : Specification<City>
    {
        public Search(string? country, int? population)
        {
            if (country is not null)
                Where(c => c.Country == country);

            if (population is { } least)
                Where(c => c.Population >= least);
        }
    }

    private sealed class TownOrCity : Specification<City>
    {
        public TownOrCity(bool town)
        {
            if (town)
                Where(c => c.Rank == Rank.Town);
            else
                Where(c => c.Rank == Rank.City);
        }
    }

    private sealed record Found(int Id, string Label, string? Tag);

    private sealed class Everywhere : Specification<City, Found>
    {
        private readonly int _id;

        public Everywhere(string prefix, string suffix, int id)
        {
            _id = id;
            Where(c => c.Tags.Any(tag => tag.Text == prefix + " " + id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Where(c => c.Id == _id);
            OrderBy(c => c.Name + suffix.ToUpperInvariant());
            Select(c => new Found(c.Id, c.Name + suffix, c.Tags.Where(tag => tag.Text.StartsWith(prefix)).Select(tag => tag.Text).FirstOrDefault()));
            Take(5);
        }
    }

    private sealed class Mutable : Specification<City>
    {
        public Mutable() => Where(c => c.Country == Country);

        public string Country { get; set; } = string.Empty;
    }

    private sealed record Formatter(string Left, string Right)
    {
        public string Format(string text) => Left + text + Right;
    }

    private sealed class Formatted : Specification<City, string>
    {
        public Formatted(Formatter formatter, int id)
        {
            Where(c => c.Id == id);
            Select(c => formatter.Format(c.Name));
        }
    }

    private sealed class WithTags : Specification<City>
    {
        public WithTags(string prefix, int id)
        {
            Where(c => c.Id == id);
            Include(c => c.Tags.Where(tag => tag.Text.StartsWith(prefix)));
            AsNoTracking();
        }
    }

    private sealed class InDistrictOf : Specification<City>
    {
        public InDistrictOf(IQueryable<District> districts)
        {
            Where(c => districts.Any(d => d.Id == c.DistrictId));
            Unbounded();
        }
    }

    private sealed class LiteralCountry : Specification<City>
    {
        public LiteralCountry(string country) => Where(c => c.Country == EF.Constant(country));
    }

    private sealed class Like : Specification<City>
    {
        public Like(string prefix) => Where(c => EF.Functions.Like(c.Name, prefix + "%"));
    }

    private sealed class ManyParameters : Specification<City>
    {
        public ManyParameters(int[] ids)
        {
            var (a, b, c, d, e, f, g) = (ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6]);
            var (h, i, j, k, l, m, n) = (ids[7], ids[8], ids[9], ids[10], ids[11], ids[12], ids[13]);
            Where(x => x.Id == a || x.Id == b || x.Id == c || x.Id == d || x.Id == e || x.Id == f || x.Id == g
                || x.Id == h || x.Id == i || x.Id == j || x.Id == k || x.Id == l || x.Id == m || x.Id == n);
            OrderByDescending(x => x.Id);
            Unbounded();
        }
    }
}
