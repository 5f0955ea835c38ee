using System.Linq.Expressions;

namespace ProDev.Repositories.Tests;

public sealed class SpecificationTests
{
    [Fact]
    public void EverythingIsEmpty_WhenNothingIsSaid()
    {
        var specification = new Built(_ => { });
        Assert.Empty(specification.Filters);
        Assert.Empty(specification.Orders);
        Assert.Empty(specification.Includes);
        Assert.Empty(specification.Tags);
        Assert.Null(specification.Limit);
        Assert.Null(specification.Tracking);
        Assert.False(specification.IsUnbounded);
        Assert.False(specification.IsSplitQuery);
    }

    [Fact]
    public void PartsAreKeptInOrder_WhenTheyAreAdded()
    {
        var specification = new Built(s =>
        {
            s.AddWhere(c => c.Name != string.Empty);
            s.AddWhere(c => c.Size > 1, bindsCursor: false);
            s.AddOrder(c => c.Name, first: true, descending: false);
            s.AddOrder(c => c.Size, first: false, descending: true);
            s.AddInclude(c => c.Parent);
            s.AddTag("one");
            s.SetTake(5);
            s.Track(true);
            s.Split();
        });

        Assert.Equal([true, false], specification.Filters.Select(filter => filter.BindsCursor));
        Assert.Equal([false, true], specification.Orders.Select(order => order.Descending));
        Assert.Equal(["c => c.Name", "c => c.Size"], specification.Orders.Select(order => order.Key.ToString()));
        Assert.Equal("c => c.Parent", Assert.Single(specification.Includes).ToString());
        Assert.Equal(["one"], specification.Tags);
        Assert.Equal(5, specification.Limit);
        Assert.True(specification.Tracking);
        Assert.True(specification.IsSplitQuery);
    }

    [Fact]
    public void TrackingIsTheLastSaid_WhenSaidTwice()
    {
        Assert.False(new Built(s =>
        {
            s.Track(true);
            s.Track(false);
        }).Tracking);
    }

    [Fact]
    public void MessageNamesTheRemedy_WhenTheOrderStartsTwice()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new Built(s =>
        {
            s.AddOrder(c => c.Name, first: true, descending: false);
            s.AddOrder(c => c.Size, first: true, descending: true);
        }));
        Assert.Equal(
            "Specification 'Built' is ordered by 'c => c.Name' already, so 'c => c.Size' cannot be its first key. Add further keys with ThenBy or ThenByDescending.",
            fault.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MessageNamesTheRemedy_WhenTheOrderDoesNotStart(bool descending)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new Built(s => s.AddOrder(c => c.Name, first: false, descending)));
        Assert.Equal(
            "Specification 'Built' has no first key, so 'c => c.Name' cannot follow it. Start with OrderBy or OrderByDescending.", fault.Message);
    }

    [Fact]
    public void MessageNamesBothCalls_WhenAListIsBoundedAndUnbounded()
    {
        var late = Assert.Throws<InvalidOperationException>(() => new Built(s =>
        {
            s.SetTake(5);
            s.SetUnbounded();
        }));
        Assert.Equal("Specification 'Built' calls Unbounded() after Take(5). A list is bounded or unbounded: keep one of the two calls.", late.Message);
        var early = Assert.Throws<InvalidOperationException>(() => new Built(s =>
        {
            s.SetUnbounded();
            s.SetTake(5);
        }));
        Assert.Equal("Specification 'Built' calls Take(5) after Unbounded(). A list is bounded or unbounded: keep one of the two calls.", early.Message);
    }

    [Fact]
    public void ArgumentsAreChecked_WhenTheyMakeNoSense()
    {
        Assert.Throws<ArgumentNullException>(() => new Built(s => s.AddWhere(null!)));
        Assert.Throws<ArgumentNullException>(() => new Built(s => s.AddOrder<int>(null!, first: true, descending: false)));
        Assert.Throws<ArgumentNullException>(() => new Built(s => s.AddOrder<int>(null!, first: false, descending: false)));
        Assert.Throws<ArgumentNullException>(() => new Built(s => s.AddInclude<int>(null!)));
        Assert.Throws<ArgumentException>(() => new Built(s => s.AddTag(" ")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Built(s => s.SetTake(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Built(s => s.SetTake(-1)));
    }

    [Fact]
    public void MessageNamesTheRemedy_WhenAProjectionIsMissingOrDoubled()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => new Projected().Selector);
        Assert.Equal(
            "Specification 'Projected' does not say how a 'City' becomes a 'String'. Call Select in its constructor, or derive from " +
            "Specification<T> to read whole entities.",
            missing.Message);
        Assert.Equal("c => c.Name", new Projected(c => c.Name).Selector.ToString());
        var doubled = Assert.Throws<InvalidOperationException>(() => new Projected(c => c.Name, c => c.Name + "!"));
        Assert.Equal("Specification 'Projected' calls Select twice: 'c => c.Name' and 'c => (c.Name + \"!\")'. Keep one of the two.", doubled.Message);
        Assert.Throws<ArgumentNullException>(() => new Projected([null!]));
    }

    private sealed class City
    {
        public string Name { get; set; } = string.Empty;

        public int Size { get; set; }

        public City? Parent { get; set; }
    }

    private sealed class Built : Specification<City>
    {
        public Built(Action<Built> build) => build(this);

        public void AddWhere(Expression<Func<City, bool>> predicate, bool bindsCursor = true) => Where(predicate, bindsCursor);

        public void AddOrder<TKey>(Expression<Func<City, TKey>> key, bool first, bool descending)
        {
            if (first && descending)
                OrderByDescending(key);
            else if (first)
                OrderBy(key);
            else if (descending)
                ThenByDescending(key);
            else
                ThenBy(key);
        }

        public void AddInclude<TProperty>(Expression<Func<City, TProperty>> path) => Include(path);

        public void AddTag(string tag) => TagWith(tag);

        public void SetTake(int count) => Take(count);

        public void SetUnbounded() => Unbounded();

        public void Split() => AsSplitQuery();

        public void Track(bool track)
        {
            if (track)
                AsTracking();
            else
                AsNoTracking();
        }
    }

    private sealed class Projected : Specification<City, string>
    {
        public Projected(params Expression<Func<City, string>>[] selectors)
        {
            foreach (var selector in selectors)
                Select(selector);
        }
    }
}
