namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class PageCursorTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task CursorIsAccepted_WhenASecondInstanceAsksTheSameQuestion()
    {
        await using var context = database.Open();
        var cursor = await CursorAsync(new InCountry("FR"));
        var page = await context.Cities.PageAsync(new InCountry("FR"), CursorRequest.After(cursor, 3), database.Signer);
        Assert.Equal(3, page.Items.Count);
    }

    [Fact]
    public async Task CursorIsRefused_WhenTheSpecificationIsAnother() =>
        await AssertRefusedAsync(await CursorAsync(new InCountry("FR")), new InCountryToo("FR"));

    [Fact]
    public async Task CursorIsRefused_WhenTheFilterHasAnotherValue() =>
        await AssertRefusedAsync(await CursorAsync(new InCountry("FR")), new InCountry("DE"));

    [Fact]
    public async Task CursorIsRefused_WhenTheFilterHasAnotherList() =>
        await AssertRefusedAsync(await CursorAsync(new InCountries("FR", "DE")), new InCountries("FR", "JP"));

    [Fact]
    public async Task CursorIsRefused_WhenTheFilterHasAnotherForm() =>
        await AssertRefusedAsync(await CursorAsync(new Compared(atLeast: true)), new Compared(atLeast: false));

    [Fact]
    public async Task CursorIsRefused_WhenTheOrderIsAnother() =>
        await AssertRefusedAsync(await CursorAsync(new CitiesIn(KeyShape.NullableAscending)), new CitiesIn(KeyShape.NullableDescending));

    [Theory]
    [InlineData("tenant 1", "tenant 2")]
    [InlineData("tenant 1", null)]
    [InlineData(null, "tenant 1")]
    [InlineData(null, "")]
    public async Task CursorIsRefused_WhenTheTenantIsAnother(string? signer, string? asked) =>
        await AssertRefusedAsync(await CursorAsync(new InCountry("FR"), signer), new InCountry("FR"), asked);

    [Fact]
    public async Task CursorIsAccepted_WhenAFilterThatDoesNotBindItHasAnotherValue()
    {
        await using var context = database.Open();
        var cursor = await CursorAsync(new AddedBefore(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc)));
        var page = await context.Cities.PageAsync(
            new AddedBefore(new DateTime(2020, 1, 3, 0, 0, 0, DateTimeKind.Utc)), CursorRequest.After(cursor, 3), database.Signer);
        Assert.NotEmpty(page.Items);
    }

    [Fact]
    public async Task CursorIsShort_WhenThereAreThreeKeys() =>
        Assert.InRange((await CursorAsync(new CitiesIn(KeyShape.MixedThreeKeys))).Length, 1, 200);

    [Fact]
    public async Task EveryMutationIsRefused_WhenACursorIsChangedInOnePlace()
    {
        await using var context = database.Open();
        var cursor = await CursorAsync(new CitiesIn(KeyShape.MixedThreeKeys));
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
        var random = new Random(1);
        for (var i = 0; i < cursor.Length; i++)
        {
            var other = alphabet[random.Next(alphabet.Length)];
            if (other != cursor[i])
                await AssertInvalidAsync(cursor[..i] + other + cursor[(i + 1)..]);

            await AssertInvalidAsync(cursor[..i]);
        }

        async Task AssertInvalidAsync(string mutation) => await Assert.ThrowsAsync<InvalidCursorException>(
            () => context.Cities.PageAsync(new CitiesIn(KeyShape.MixedThreeKeys), CursorRequest.After(mutation, 3), database.Signer));
    }

    private async Task<string> CursorAsync(Specification<City> specification, string? scope = null)
    {
        await using var context = database.Open();
        return (await context.Cities.PageAsync(specification, CursorRequest.First(3), database.Signer, scope)).Next!;
    }

    private async Task AssertRefusedAsync(string cursor, Specification<City> specification, string? scope = null)
    {
        await using var context = database.Open();
        var fault = await Assert.ThrowsAsync<InvalidCursorException>(
            () => context.Cities.PageAsync(specification, CursorRequest.After(cursor, 3), database.Signer, scope));
        Assert.Equal(CursorFault.WrongScope, fault.Fault);
    }

    private sealed class InCountry : Specification<City>
    {
        public InCountry(string country)
        {
            Where(c => c.Country == country);
            OrderBy(c => c.Name);
        }
    }

    private sealed class InCountryToo : Specification<City>
    {
        public InCountryToo(string country)
        {
            Where(c => c.Country == country);
            OrderBy(c => c.Name);
        }
    }

    private sealed class InCountries : Specification<City>
    {
        public InCountries(params string[] countries) => Where(c => countries.Contains(c.Country));
    }

    private sealed class Compared : Specification<City>
    {
        public Compared(bool atLeast)
        {
            if (atLeast)
                Where(c => c.Population >= 1000);
            else
                Where(c => c.Population > 1000);
        }
    }

    private sealed class AddedBefore : Specification<City>
    {
        public AddedBefore(DateTime now) => Where(c => c.Added <= now, bindsCursor: false);
    }
}
