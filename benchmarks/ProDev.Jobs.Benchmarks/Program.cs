using Microsoft.Extensions.DependencyInjection;
using ProDev.Benchmarks;
using ProDev.Jobs.Benchmarks;

// Many short rounds instead of few long ones: a disk that others use is never as fast twice.
const int Rounds = 15;
const int EnqueuedOneByOne = 1_600;

// A suite has started this program again.
if (args is [ChildProcess.Verb, var provider, var place, var lease])
    return await ChildProcess.RunAsync(provider, place, lease);

return await BenchmarkProgram.RunAsync(
    args,
    "Jobs",
    [
        Suite("SqliteEnqueueMany", queue => new EnqueueMany(queue)),
        Suite("SqliteEnqueueOne", queue => new EnqueueOne(queue, callers: 1, EnqueuedOneByOne)),
        Suite("SqliteEnqueueOneBy16", queue => new EnqueueOne(queue, callers: 16, EnqueuedOneByOne)),
        Suite("SqliteClaimAndFinish", queue => new ClaimAndFinish(queue)),
        MemorySuites.Process,
        new WakeSuite(SharedPlace.Sqlite),
        new TwoWorkersSuite(SharedPlace.Sqlite),
        new RecoverySuite(SharedPlace.Sqlite),
        .. PostgreSqlSuites.All,
        new WakeSuite(SharedPlace.PostgreSql),
        new RecoverySuite(SharedPlace.PostgreSql),
        new HeldSnapshotSuite(),
    ]);

static MacroSuite Suite(string name, Func<IQueue, MacroCase> create) =>
    new(name, () => create(new RawQueue()), () => create(new StoreQueue(static (jobs, path) => jobs.UseSqlite(path)))) { Rounds = Rounds };
