using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

public sealed class ComposedMemoryStoreUniqueTests : StoreUniqueTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreUniqueChangeTests : StoreUniqueChangeTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreUniqueRaceTests : StoreUniqueRaceTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());

    protected override IJobStore OpenAnother() => Store;
}

public sealed class ComposedMemoryStoreGroupTests : StoreGroupTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreRateTests : StoreRateTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryStoreNamedLimitTests : StoreNamedLimitTests
{
    protected override IJobStore CreateStore(TimeProvider time)
        => TestStores.Compose(time, new TestBroker(time), static b => b.UseInMemory());
}

public sealed class ComposedMemoryLimitRunTests : LimitRunTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory().Behind(new TestBroker(Time));
}
