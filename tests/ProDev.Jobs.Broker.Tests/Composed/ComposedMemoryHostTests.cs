using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>Workers on a broker that delays messages, before the store in memory.</summary>
public sealed class ComposedMemoryWorkerTests : WorkerTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory().Behind(new TestBroker(Time));
}

public sealed class ComposedMemoryCanvasTests : CanvasTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory().Behind(new TestBroker(Time));
}

public sealed class ComposedMemoryCanvasEdgeTests : CanvasEdgeTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory().Behind(new TestBroker(Time));
}

public sealed class ComposedMemoryStepTests : StepTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory().Behind(new TestBroker(Time));
}

public sealed class ComposedMemoryRandomPlanTests : RandomPlanTests
{
    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseInMemory().Behind(new TestBroker(Time));
}
