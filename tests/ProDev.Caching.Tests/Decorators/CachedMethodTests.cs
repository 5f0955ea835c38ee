namespace ProDev.Caching.Tests;

public sealed class CachedMethodTests
{
    [Fact]
    public async Task The_second_call_is_answered_from_memory_when_the_arguments_are_equal()
    {
        using var fixture = new CatalogFixture();

        var first = await fixture.Catalog.FindAsync("FR", 1);
        var second = await fixture.Catalog.FindAsync("FR", 1);

        Assert.Equal(new City(1, "FR-1", "FR"), first);
        Assert.Same(first, second);
        Assert.Equal(1, fixture.Inner.Loads);
    }

    [Fact]
    public async Task Each_argument_makes_a_key_of_its_own_when_it_differs()
    {
        using var fixture = new CatalogFixture();

        await fixture.Catalog.FindAsync("FR", 1);
        await fixture.Catalog.FindAsync("FR", 11);
        await fixture.Catalog.FindAsync("FR1", 1);

        Assert.Equal(3, fixture.Inner.Loads);
    }

    [Fact]
    public async Task A_null_result_is_cached_too()
    {
        using var fixture = new CatalogFixture();

        Assert.Null(await fixture.Catalog.FindAsync("FR", -1));
        Assert.Null(await fixture.Catalog.FindAsync("FR", -1));

        Assert.Equal(1, fixture.Inner.Loads);
    }

    [Fact]
    public async Task A_null_argument_is_a_key_different_from_an_empty_one()
    {
        using var fixture = new CatalogFixture();

        Assert.Equal(100, fixture.Catalog.Count(null));
        Assert.Equal(200, fixture.Catalog.Count(""));
        Assert.Equal(100, fixture.Catalog.Count(null));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Hits_of_a_task_method_share_one_completed_task()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.LargestAsync("FR");

        Assert.Same(fixture.Catalog.LargestAsync("FR"), fixture.Catalog.LargestAsync("FR"));
        Assert.Equal(1, fixture.Inner.Loads);
    }

    [Fact]
    public async Task An_ignored_parameter_is_no_part_of_the_key_and_reaches_the_method()
    {
        using var fixture = new CatalogFixture();
        var log = new List<string>();

        var first = await fixture.Catalog.ByIdAsync(5, log.Add);
        var second = await fixture.Catalog.ByIdAsync(5, text => log.Add($"other {text}"));

        Assert.Same(first, second);
        Assert.Equal(["loading 5"], log);
    }

    [Fact]
    public async Task A_null_task_is_named_as_such_and_the_next_call_tries_again()
    {
        using var fixture = new CatalogFixture();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Catalog.ByIdAsync(0));

        Assert.Equal(
            "'ProDev.Caching.Tests.ICityCatalog.ByIdAsync' returned null instead of a task, so there is no result to cache. " +
            "Return Task.FromResult(...), or await inside an async method.",
            fault.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Catalog.ByIdAsync(0));
        Assert.Equal(2, fixture.Inner.Loads);
    }

    [Fact]
    public async Task A_method_without_parameters_has_one_result()
    {
        using var fixture = new CatalogFixture();

        Assert.Equal(1, await fixture.Catalog.CountAllAsync());
        Assert.Equal(1, await fixture.Catalog.CountAllAsync());
    }

    [Fact]
    public async Task An_inherited_cached_method_is_cached()
    {
        using var fixture = new CatalogFixture();

        Assert.Equal("name 1", await fixture.Catalog.NameAsync(3));
        Assert.Equal("name 1", await fixture.Catalog.NameAsync(3));
        Assert.Equal("name 1", await ((ICityNames)fixture.Catalog).NameAsync(3));
    }

    [Fact]
    public async Task A_result_expires_after_the_attributes_time()
    {
        using var fixture = new CatalogFixture();
        await fixture.Catalog.CountAllAsync();

        fixture.Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await fixture.Catalog.CountAllAsync());
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, await fixture.Catalog.CountAllAsync());
    }

    [Fact]
    public async Task A_result_expires_after_the_options_default_when_the_attribute_names_no_time()
    {
        using var fixture = new CatalogFixture(options => options.DefaultEntryOptions.Expiration = TimeSpan.FromSeconds(3));
        await fixture.Catalog.NameAsync(1);

        fixture.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("name 2", await fixture.Catalog.NameAsync(1));
    }

    [Fact]
    public async Task Callers_share_one_call_when_they_miss_together_and_one_of_them_may_leave()
    {
        using var fixture = new CatalogFixture();
        var gate = new TaskCompletionSource();
        fixture.Inner.Gate = gate.Task;
        using var impatient = new CancellationTokenSource();

        var leader = fixture.Catalog.FindAsync("FR", 1, impatient.Token).AsTask();
        var follower = fixture.Catalog.FindAsync("FR", 1).AsTask();
        await impatient.CancelAsync();
        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.False(fixture.Inner.LastToken.IsCancellationRequested);
        gate.SetResult();

        Assert.Equal(impatient.Token, left.CancellationToken);
        Assert.NotNull(await follower);
        Assert.Equal(1, fixture.Inner.Loads);
    }

    [Fact]
    public async Task Members_without_an_attribute_reach_the_service()
    {
        using var fixture = new CatalogFixture();
        var renamed = 0;
        void Count(object? sender, EventArgs arguments) => renamed++;

        fixture.Catalog.Renamed += Count;
        await fixture.Catalog.RenameAsync("FR", 1, "Lyon");
        fixture.Catalog.Renamed -= Count;
        await fixture.Catalog.RenameAsync("FR", 1, "Paris");
        fixture.Catalog[0] = "changed";

        Assert.Equal(1, renamed);
        Assert.Equal(["changed", "rename Paris"], fixture.Inner.Log);
        Assert.Equal("changed", fixture.Catalog[0]);
        Assert.Equal(0, fixture.Catalog.Loads);
        Assert.True(fixture.Catalog.TryRead("Nice", out var city));
        Assert.Equal("Nice", city!.Name);
        Assert.Equal(7, fixture.Catalog.Version());
        Assert.Equal("echo", fixture.Catalog.Echo("echo"));
        Assert.Equal(3, fixture.Catalog.EchoAny(3));
        Assert.Equal("default", fixture.Catalog.Describe());
        Assert.NotEqual(await fixture.Catalog.UncachedAsync(1), await fixture.Catalog.UncachedAsync(1));
    }
}
