namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Walks over a whole set equal one full ordered read, and each page's statement seeks. Inherited by every database.</summary>
public abstract class PageWalkCases(TestDatabase database)
{
    public static TheoryData<KeyShape, int> Walks()
    {
        var data = new TheoryData<KeyShape, int>();
        foreach (var shape in Enum.GetValues<KeyShape>())
        {
            foreach (var size in new[] { 19, 50, 313 })
                data.Add(shape, size);
        }

        return data;
    }

    public static TheoryData<KeyShape> IndexedShapes() => [.. Enum.GetValues<KeyShape>().Where(shape => shape.HasIndex())];

    protected TestDatabase Database { get; } = database;

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task PagesEqualOneFullRead_WhenWalkedForward(KeyShape shape, int size)
    {
        await using var context = Database.Open();
        var walked = await Walk.ForwardAsync(request => context.Cities.PageAsync(new CitiesIn(shape), request, Database.Signer), size);
        Assert.Equal(await FullReadAsync(shape), walked.Select(city => city.Id));
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task PagesEqualOneFullRead_WhenWalkedBackward(KeyShape shape, int size)
    {
        await using var context = Database.Open();
        var walked = await Walk.BackwardAsync(request => context.Cities.PageAsync(new CitiesIn(shape), request, Database.Signer), size);
        Assert.Equal(await FullReadAsync(shape), walked.Select(city => city.Id));
    }

    [Theory]
    [MemberData(nameof(IndexedShapes))]
    public async Task EveryStatementSeeks_WhenAnIndexServesTheOrder(KeyShape shape)
    {
        Database.Recorder.Clear();
        await using var context = Database.Open();
        await Walk.ForwardAsync(request => context.Cities.PageAsync(new CitiesIn(shape), request, Database.Signer), 20);
        await Walk.BackwardAsync(request => context.Cities.PageAsync(new CitiesIn(shape), request, Database.Signer), 20);

        var distinct = Database.Recorder.Commands.DistinctBy(command => command.Text, StringComparer.Ordinal).ToArray();
        Assert.True(distinct.Length >= 4);
        foreach (var command in distinct)
            AssertSeeks(command, await Database.ExplainAsync(command));
    }

    [Theory]
    [InlineData(KeyShape.FilteredMixed, 1)]
    [InlineData(KeyShape.FilteredFourKeys, 2)]
    [InlineData(KeyShape.NullableComplexPropertyDescending, 3)]
    public async Task PagesEqualOneFullRead_WhenPagesAreSmallerThanTheTies(KeyShape shape, int size)
    {
        await using var context = Database.Open();
        var forward = await Walk.ForwardAsync(request => context.Cities.PageAsync(new CitiesIn(shape, "JP"), request, Database.Signer), size);
        var backward = await Walk.BackwardAsync(request => context.Cities.PageAsync(new CitiesIn(shape, "JP"), request, Database.Signer), size);
        var expected = await FullReadAsync(shape, "JP");
        Assert.Equal(expected, forward.Select(city => city.Id));
        Assert.Equal(expected, backward.Select(city => city.Id));
    }

    protected abstract void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan);

    protected Task<IReadOnlyList<int>> FullReadAsync(KeyShape shape, string country = "FR") =>
        Database.QueryAsync<int>($"""SELECT "Id" FROM "Cities" {shape.Sql().Replace("'FR'", $"'{country}'", StringComparison.Ordinal)}""");
}
