using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

internal static class MemoryStores
{
    public static IJobStore Create(TimeProvider time, Action<MemoryJobsOptions>? configure = null)
    {
        var options = new MemoryJobsOptions();
        configure?.Invoke(options);
        return new MemoryJobStore(Options.Create(options), time);
    }
}

public sealed class MemoryStoreOrderTests : StoreOrderTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreLeaseTests : StoreLeaseTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreQueryTests : StoreQueryTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreConcurrencyTests : StoreConcurrencyTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreWakeTests : StoreWakeTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryWorkerTests : WorkerTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();
}

public sealed class MemoryStoreScheduleTests : StoreScheduleTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreUniqueTests : StoreUniqueTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreUniqueChangeTests : StoreUniqueChangeTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreUniqueRaceTests : StoreUniqueRaceTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);

    protected override IJobStore OpenAnother() => Store;
}

public sealed class MemoryStoreNamedFetchTests : StoreNamedFetchTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStorePriorityTests : StorePriorityTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreDelayTests : StoreDelayTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreRescueTests : StoreRescueTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreRaceTests : StoreRaceTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreWakeAgainTests : StoreWakeAgainTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}
