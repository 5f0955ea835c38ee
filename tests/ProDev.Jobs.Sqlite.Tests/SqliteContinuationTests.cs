using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Sqlite.Tests;

public sealed class SqliteStoreEnvelopeTests : StoreEnvelopeTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreControlTests : StoreControlTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreContinuationTests : StoreContinuationTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteCanvasTests : CanvasTests
{
    private readonly TempDatabase _database = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_database.Path);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStoreNoteTests : StoreNoteTests
{
    private readonly TempDatabase _database = new();

    protected override IJobStore CreateStore(TimeProvider time) => SqliteStores.Create(_database, time);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteStepTests : StepTests
{
    private readonly TempDatabase _database = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_database.Path);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteCanvasEdgeTests : CanvasEdgeTests
{
    private readonly TempDatabase _database = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_database.Path);

    protected override void Cleanup() => _database.Dispose();
}

public sealed class SqliteRandomPlanTests : RandomPlanTests
{
    private readonly TempDatabase _database = new();

    protected override void UseProvider(IProDevJobsBuilder builder) => builder.UseSqlite(_database.Path);

    protected override void Cleanup() => _database.Dispose();
}
