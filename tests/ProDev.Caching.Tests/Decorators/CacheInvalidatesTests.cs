namespace ProDev.Caching.Tests;

public sealed class CacheInvalidatesTests
{
    [Fact]
    public async Task Only_the_result_of_equal_arguments_goes_when_the_method_has_all_parameters_of_the_key()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.FindAsync("FR", 1);
        await fixture.Catalog.FindAsync("FR", 2);

        await fixture.Catalog.RenameAsync("FR", 1, "Lyon");
        await fixture.Catalog.FindAsync("FR", 2);
        Assert.Equal(2, fixture.Inner.Loads);
        await fixture.Catalog.FindAsync("FR", 1);
        Assert.Equal(3, fixture.Inner.Loads);
    }

    [Fact]
    public async Task The_results_with_the_cached_methods_tag_go_when_the_key_cannot_be_made()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.FindAsync("FR", 1);
        await fixture.Catalog.FindAsync("DE", 1);

        Assert.Equal(9, await fixture.Catalog.ImportAsync("FR", 9));
        await fixture.Catalog.FindAsync("DE", 1);
        Assert.Equal(2, fixture.Inner.Loads);
        await fixture.Catalog.FindAsync("FR", 1);
        Assert.Equal(3, fixture.Inner.Loads);
    }

    [Fact]
    public async Task Named_tags_and_a_method_without_parameters_go_together()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.LargestAsync("FR");
        await fixture.Catalog.CountAllAsync();

        fixture.Catalog.Clear();
        await fixture.Catalog.LargestAsync("FR");
        await fixture.Catalog.CountAllAsync();

        Assert.Equal(4, fixture.Inner.Loads);
    }

    [Fact]
    public async Task Results_go_also_when_the_method_failed()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.FindAsync("FR", 1);

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Catalog.RenameAsync("FR", 1, ""));
        await fixture.Catalog.FindAsync("FR", 1);

        Assert.Equal(2, fixture.Inner.Loads);
    }

    [Fact]
    public async Task A_load_that_began_before_the_method_ran_is_not_stored()
    {
        using var fixture = new CatalogFixture();
        var gate = new TaskCompletionSource();
        fixture.Inner.Gate = gate.Task;
        var early = fixture.Catalog.FindAsync("FR", 1).AsTask();

        await fixture.Catalog.RenameAsync("FR", 1, "Lyon");
        gate.SetResult();
        await early;
        await fixture.Catalog.FindAsync("FR", 1);

        Assert.Equal(2, fixture.Inner.Loads);
    }

    [Fact]
    public async Task The_cache_removes_results_of_decorated_methods_by_tag()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.FindAsync("FR", 1);
        await fixture.Catalog.LargestAsync("FR");
        await fixture.Catalog.FindAsync("DE", 1);

        await fixture.Cache.RemoveByTagAsync("country:FR");
        await fixture.Catalog.FindAsync("DE", 1);
        Assert.Equal(3, fixture.Inner.Loads);
        await fixture.Catalog.FindAsync("FR", 1);
        await fixture.Catalog.LargestAsync("FR");
        Assert.Equal(5, fixture.Inner.Loads);
    }

    [Fact]
    public async Task The_star_removes_results_of_decorated_methods_too()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.NameAsync(1);

        await fixture.Cache.RemoveByTagAsync("*");

        Assert.Equal("name 2", await fixture.Catalog.NameAsync(1));
    }
}
