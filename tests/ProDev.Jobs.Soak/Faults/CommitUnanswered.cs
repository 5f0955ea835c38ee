using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ProDev.Jobs.Soak;

/// <summary>
/// The commit is never acknowledged: the <see cref="FaultProxy"/> sees the statement that enqueues a job (it has the bytes of its id), or the COMMIT of a
/// transaction, pass, lets the server do it, and cuts the connection in place of the answer. The same id, or the same key, enqueued again makes one job.
/// </summary>
public sealed class CommitUnanswered : Fault
{
    public override string Name => "commit-unanswered";

    public override int FewTimes => 10;

    public override int ManyTimes => 50;

    public override IReadOnlyList<string> Stores { get; } = [PostgreSqlSoakStore.Name];

    public override async Task RunAsync(FaultRun run, int times)
    {
        var store = (PostgreSqlSoakStore)run.Store;
        FaultProxy proxy = run.StartProxy();
        PostgreSqlSoakStore through = store.Through(proxy.Port);
        using var ledger = new Ledger(run.LedgerFolder, "unanswered");
        IHost host = SoakHosts.CreateClient(through, ledger);
        await using var disposal = (IAsyncDisposable)host;
        await run.HostWorkerAsync();
        for (int i = 0; i < times; i++)
        {
            string key = $"unanswered.{i}";
            ledger.Append(new LedgerLine(LedgerEvent.Intended, key));
            Guid id = i % 2 == 0 ? await ByIdAsync(run, host, proxy, key) : await ByTransactionAsync(run, host, proxy, through, key);
            ledger.Append(new LedgerLine(LedgerEvent.Confirmed, key, id));
        }
    }

    private static async Task<Guid> ByIdAsync(FaultRun run, IHost host, FaultProxy proxy, string key)
    {
        IJobStore store = host.Services.GetRequiredService<IJobStore>();
        var job = new JobEnvelope
        {
            Id = Guid.CreateVersion7(),
            Name = "soak.ledger",
            MaxAttempts = 1000,
            Payload = Encoding.UTF8.GetBytes($$"""{"key":"{{key}}","milliseconds":0}"""),
        };
        Task lost = proxy.LoseAnswerTo(job.Id.ToByteArray(bigEndian: true));
        await FailsAsync(run, async () => await store.EnqueueAsync([job], default), lost, "answer to an enqueue lost after its commit");

        EnqueuedJob again = (await store.EnqueueAsync([job], default))[0];
        Expect(run, key, again.AlreadyExisted && again.Id == job.Id);
        return again.Id;
    }

    private static async Task<Guid> ByTransactionAsync(FaultRun run, IHost host, FaultProxy proxy, SoakStore through, string key)
    {
        IJobClient client = host.Services.GetRequiredService<IJobClient>();
        Guid first = Guid.Empty;
        await using (var connection = await through.ConnectAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            first = (await client.EnqueueAsync(new LedgerJob.Args(key), transaction, o => o.IdempotencyKey = key)).Id;
            Task lost = proxy.LoseAnswerTo(Encoding.ASCII.GetBytes("COMMIT"));
            await FailsAsync(run, () => transaction.CommitAsync(), lost, "answer to COMMIT lost");
        }

        JobHandle again = await client.EnqueueAsync(new LedgerJob.Args(key), o => o.IdempotencyKey = key);
        Expect(run, key, again.AlreadyExisted && again.Id == first);
        return again.Id;
    }

    private static async Task FailsAsync(FaultRun run, Func<Task> call, Task lost, string what)
    {
        try
        {
            await call();
            run.Find(FindingKind.NotInjected, $"The {what}, and yet the call has succeeded.");
        }
        catch (Exception e) when (e is JobStoreException or NpgsqlException or IOException)
        {
            await lost.WaitAsync(FaultRun.Hang);
            run.Inject(what);
        }
    }

    private static void Expect(FaultRun run, string key, bool existed)
    {
        if (!existed)
            run.Find(FindingKind.DoubledJob, $"{key} was committed, and enqueued again it was taken for new.");
    }
}
