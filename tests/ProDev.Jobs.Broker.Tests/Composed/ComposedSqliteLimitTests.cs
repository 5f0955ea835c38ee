using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

public sealed class ComposedSqliteStoreUniqueTests : StoreUniqueTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreUniqueChangeTests : StoreUniqueChangeTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreUniqueRaceTests : StoreUniqueRaceTests
{
    private readonly TempFile _file = new();
    private TestBroker? _broker;

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, _broker ??= new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreGroupTests : StoreGroupTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreRateTests : StoreRateTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreNamedLimitTests : StoreNamedLimitTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteLimitRunTests : LimitRunTests
{
    private readonly TempFile _file = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_file.Path).Behind(new TestBroker(Time, hasDelays: false));

    protected override void Cleanup() => _file.Dispose();
}
