using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>Workers on a broker without delays, before the store in a file.</summary>
public sealed class ComposedSqliteWorkerTests : WorkerTests
{
    private readonly TempFile _file = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_file.Path).Behind(new TestBroker(Time, hasDelays: false));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteCanvasTests : CanvasTests
{
    private readonly TempFile _file = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_file.Path).Behind(new TestBroker(Time, hasDelays: false));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteCanvasEdgeTests : CanvasEdgeTests
{
    private readonly TempFile _file = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_file.Path).Behind(new TestBroker(Time, hasDelays: false));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteStepTests : StepTests
{
    private readonly TempFile _file = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_file.Path).Behind(new TestBroker(Time, hasDelays: false));

    protected override void Cleanup() => _file.Dispose();
}

public sealed class ComposedSqliteRandomPlanTests : RandomPlanTests
{
    private readonly TempFile _file = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_file.Path).Behind(new TestBroker(Time, hasDelays: false));

    protected override void Cleanup() => _file.Dispose();
}
