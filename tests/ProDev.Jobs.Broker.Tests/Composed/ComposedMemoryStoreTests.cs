using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>A broker that delays messages, before the store in memory: everything that the store can do alone.</summary>
public sealed class ComposedMemoryStoreOrderTests : StoreOrderTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreLeaseTests : StoreLeaseTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreQueryTests : StoreQueryTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreConcurrencyTests : StoreConcurrencyTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreWakeTests : StoreWakeTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreScheduleTests : StoreScheduleTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreEnvelopeTests : StoreEnvelopeTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreControlTests : StoreControlTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreContinuationTests : StoreContinuationTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreNoteTests : StoreNoteTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreExpiryTests : StoreExpiryTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreNamedFetchTests : StoreNamedFetchTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStorePriorityTests : StorePriorityTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreDelayTests : StoreDelayTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreRescueTests : StoreRescueTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreRaceTests : StoreRaceTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreWakeAgainTests : StoreWakeAgainTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}
