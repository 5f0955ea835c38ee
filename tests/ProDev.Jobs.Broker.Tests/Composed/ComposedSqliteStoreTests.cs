using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>A broker without delays, before the store in a file: what is delayed waits in the store.</summary>
public sealed class ComposedSqliteStoreOrderTests : StoreOrderTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreLeaseTests : StoreLeaseTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreQueryTests : StoreQueryTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreConcurrencyTests : StoreConcurrencyTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreWakeTests : StoreWakeTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreScheduleTests : StoreScheduleTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreEnvelopeTests : StoreEnvelopeTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreControlTests : StoreControlTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreContinuationTests : StoreContinuationTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreNoteTests : StoreNoteTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreExpiryTests : StoreExpiryTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreNamedFetchTests : StoreNamedFetchTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStorePriorityTests : StorePriorityTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreDelayTests : StoreDelayTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreRescueTests : StoreRescueTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreRaceTests : StoreRaceTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStoreWakeAgainTests : StoreWakeAgainTests
{
    private readonly TempFile _file = new();

    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time, hasDelays: false), b => b.UseSqlite(_file.Path));

    protected override void Cleanup() => _file.Dispose();
}
