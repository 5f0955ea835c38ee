using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class BadPageTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("At", "is stored as 'DateTimeOffset', which SQLite keeps as text or bits that do not sort in its order. Map it with HasConversion(new DateTimeOffsetToBinaryConverter()), or to a UTC DateTime.")]
    [InlineData("Lasted", "is stored as 'TimeSpan', which SQLite keeps as text or bits that do not sort in its order. Map it with HasConversion<long>(), which stores its ticks.")]
    [InlineData("Serial", "is stored as 'UInt64', which SQLite keeps as text or bits that do not sort in its order. Map it with HasConversion<long>() if its values fit.")]
    [InlineData("Price", "is stored as 'Decimal', which SQLite keeps as text or bits that do not sort in its order. Map it with HasConversion to a long of its smallest unit, such as cents, or to a double if rounding does not matter.")]
    [InlineData("Picture", "has the type 'Byte[]', which C# cannot compare. Implement IComparable<Byte[]>; the database still compares the stored 'Byte[]'.")]
    public async Task PropertyAndRemedyAreNamed_WhenAKeyCannotBeSorted(string property, string expected)
    {
        await using var context = database.Open();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => context.Moments.PageAsync(new MomentsBy(property), CursorRequest.First(10), database.Signer));
        Assert.Equal($"Specification 'MomentsBy' cannot be paged by 'Moment.{property}': it {expected}", fault.Message);
    }

    [Fact]
    public async Task PageIsRead_WhenAnUnsortableTypeIsConverted()
    {
        await using var context = database.Open();
        var walked = await Walk.ForwardAsync(request => context.Moments.PageAsync(new MomentsBy("AtConverted"), request, database.Signer), 7);
        Assert.Equal(await database.QueryAsync<int>("""SELECT "Id" FROM "Moments" ORDER BY "AtConverted", "Id" """), walked.Select(moment => moment.Id));
    }

    [Theory]
    [InlineData("computed")]
    [InlineData("navigation")]
    [InlineData("captured")]
    public async Task KeyIsNamed_WhenItIsNotAPropertyOfTheEntity(string kind)
    {
        await using var context = database.Open();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => context.Cities.PageAsync(new BadOrder(kind), CursorRequest.First(10), database.Signer));
        Assert.StartsWith("Specification 'BadOrder' cannot be paged by 'City.", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "': it is not a mapped property of the entity, so no index can serve it. Order by properties of the entity itself, or of its " +
            "complex or owned types; store a computed value in a column of its own.",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemedyIsNamed_WhenACollectionIsIncludedAndTheKeyIsComposite()
    {
        await using var context = database.Open();
        var page = await context.Prices.PageAsync(new PricesWithNotes(), CursorRequest.First(10), database.Signer);
        Assert.All(page.Items, price => Assert.Equal(2, price.Notes.Count));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => context.Prices.PageAsync(new PricesWithNotes(), CursorRequest.After(page.Next!, 10), database.Signer));
        Assert.Equal(
            "Specification 'PricesWithNotes' cannot be paged: it loads a collection with each 'Price', which needs a primary key of one property. " +
            "Load the collection by a query of its own for the items of the page, or reduce it to a value such as its count.",
            fault.Message);
    }

    [Fact]
    public async Task EntityIsNamed_WhenItHasNoPrimaryKey()
    {
        await using var context = new KeylessContext(new DbContextOptionsBuilder<KeylessContext>().UseSqlite("Data Source=:memory:").Options);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => context.Set<Keyless>().PageAsync(new AllKeyless(), CursorRequest.First(10), database.Signer));
        Assert.Equal(
            "Specification 'AllKeyless' cannot be paged: 'Keyless' has no primary key, so rows that are equal in the order have no place of " +
            "their own. Order by a unique index without nulls, or read a list.",
            fault.Message);
    }

    [Fact]
    public async Task ContextIsNamed_WhenTheTypeIsNotAnEntity()
    {
        await using var context = database.Open();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => context.Set<Keyless>().PageAsync(new AllKeyless(), CursorRequest.First(10), database.Signer));
        Assert.Contains("'Keyless'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListIsRefused_WhenItHasNoBound()
    {
        await using var context = database.Open();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => context.Prices.ListAsync(new PricesWithNotes()));
        Assert.Equal(
            "Specification 'PricesWithNotes' does not say how many rows a list may have. Call Take(n) in it, read pages with PageAsync, " +
            "stream with StreamAsync, or call Unbounded() if the set is known to be small.",
            fault.Message);
    }

    private sealed class MomentsBy : Specification<Moment>
    {
        public MomentsBy(string property)
        {
            switch (property)
            {
                case "At": OrderBy(m => m.At); break;
                case "AtConverted": OrderBy(m => m.AtConverted); break;
                case "Lasted": OrderBy(m => m.Lasted); break;
                case "Serial": OrderBy(m => m.Serial); break;
                case "Price": OrderBy(m => m.Price); break;
                default: OrderBy(m => m.Picture); break;
            }
        }
    }

    private sealed class BadOrder : Specification<City>
    {
        public BadOrder(string kind)
        {
            if (kind == "computed")
                OrderBy(c => c.Name.Length);
            else if (kind == "navigation")
                OrderBy(c => c.District!.Name);
            else
                OrderBy(c => kind);
        }
    }

    private sealed class PricesWithNotes : Specification<Price>
    {
        public PricesWithNotes()
        {
            OrderBy(p => p.Amount);
            Include(p => p.Notes);
        }
    }

    private sealed class AllKeyless : Specification<Keyless>;

    private sealed class Keyless
    {
        public int Value { get; set; }
    }

    private sealed class KeylessContext(DbContextOptions<KeylessContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Keyless>().HasNoKey();
    }
}
