using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Tests;

public sealed class MemoryStoreEnvelopeTests : StoreEnvelopeTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreControlTests : StoreControlTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStoreContinuationTests : StoreContinuationTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryCanvasTests : CanvasTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();
}

public sealed class MemoryStoreNoteTests : StoreNoteTests
{
    protected override IJobStore CreateStore(TimeProvider time) => MemoryStores.Create(time);
}

public sealed class MemoryStepTests : StepTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();
}

public sealed class MemoryCanvasEdgeTests : CanvasEdgeTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();
}

public sealed class MemoryRandomPlanTests : RandomPlanTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory();
}
