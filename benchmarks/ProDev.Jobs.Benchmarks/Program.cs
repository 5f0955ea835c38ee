using ProDev.Benchmarks;
using ProDev.Jobs.Benchmarks;

// Many short rounds instead of few long ones: a disk that others use is never as fast twice.
const int Rounds = 15;

return await BenchmarkProgram.RunAsync(
    args,
    "Jobs",
    Suite("SqliteEnqueueMany", queue => new EnqueueMany(queue)),
    Suite("SqliteEnqueueOne", queue => new EnqueueOne(queue, callers: 1)),
    Suite("SqliteEnqueueOneBy16", queue => new EnqueueOne(queue, callers: 16)),
    Suite("SqliteClaimAndFinish", queue => new ClaimAndFinish(queue)));

static MacroSuite Suite(string name, Func<IQueue, MacroCase> create) =>
    new(name, () => create(new RawQueue()), () => create(new StoreQueue())) { Rounds = Rounds };
