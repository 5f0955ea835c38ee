using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Enqueues jobs in every way there is, and repeats what was not confirmed until it is, under the same key. Each key is in the ledger before the first try, and
/// with its id once it is confirmed.
/// </summary>
/// <param name="client">Enqueues.</param>
/// <param name="store">For transactions of its own.</param>
/// <param name="ledger">Where it writes.</param>
/// <param name="random">Decides what comes next.</param>
/// <param name="name">The beginning of its keys.</param>
public sealed class Producer(IJobClient client, SoakStore store, Ledger ledger, Random random, string name)
{
    /// <summary>The beginning of keys of jobs that give up.</summary>
    public const string PoisonPrefix = "poison-";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _number;

    /// <summary>How many calls failed and were repeated.</summary>
    public int Repeated { get; private set; }

    /// <summary>Takes steps until the end or the token.</summary>
    /// <param name="steps">How many; 0 for no end.</param>
    /// <param name="isPlain">Whether each step is a single job.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public async Task RunAsync(int steps, bool isPlain, CancellationToken cancellationToken)
    {
        for (int i = 0; (steps == 0 || i < steps) && !cancellationToken.IsCancellationRequested; i++)
        {
            await (isPlain ? EnqueueOneAsync(Duration()) : StepAsync());
            await Task.Delay(random.Next(0, 8), CancellationToken.None);
        }
    }

    /// <summary>Enqueues one job.</summary>
    /// <param name="milliseconds">How long it takes.</param>
    /// <param name="configure">Further settings.</param>
    /// <returns>Its key and id.</returns>
    public Task<(string Key, Guid Id)> EnqueueOneAsync(int milliseconds = 0, Action<EnqueueOptions>? configure = null)
        => EnqueueAsync(NextKey(), milliseconds, configure);

    /// <summary>Enqueues a job of a key that another producer may have tried.</summary>
    /// <param name="key">The key.</param>
    /// <param name="milliseconds">How long it takes.</param>
    /// <param name="configure">Further settings.</param>
    /// <returns>Its key and id.</returns>
    public async Task<(string Key, Guid Id)> EnqueueAsync(string key, int milliseconds = 0, Action<EnqueueOptions>? configure = null)
    {
        ledger.Append(new LedgerLine(LedgerEvent.Intended, key));
        JobHandle handle = await ConfirmAsync(() => client.EnqueueAsync(new LedgerJob.Args(key, milliseconds), o =>
        {
            configure?.Invoke(o);
            o.IdempotencyKey = key;
        }));
        ledger.Append(new LedgerLine(LedgerEvent.Confirmed, key, handle.Id));
        return (key, handle.Id);
    }

    /// <summary>Enqueues a group of jobs and what follows it.</summary>
    /// <param name="members">How many.</param>
    public async Task EnqueueChordAsync(int members)
    {
        string plan = NextKey();
        string[] keys = [.. Enumerable.Range(0, members).Select(i => string.Create(CultureInfo.InvariantCulture, $"{plan}.{i}"))];
        string[] all = [.. keys, GatherJob.KeyOf(keys)];
        ledger.Append([.. all.Select(static k => new LedgerLine(LedgerEvent.Intended, k))]);
        var canvas = Canvas.Chord(keys.Select(k => (Canvas)Canvas.Job(new LedgerJob.Args(k, Duration()))), Canvas.Job<GatherJob>());
        CanvasHandle handle = await ConfirmAsync(() => client.EnqueueCanvasAsync(canvas, plan));
        ledger.Append([.. all.Select((k, i) => new LedgerLine(LedgerEvent.Confirmed, k, handle.JobIds[i]))]);
    }

    private Task StepAsync() => random.Next(100) switch
    {
        < 50 => EnqueueOneAsync(Duration()),
        < 65 => EnqueueManyAsync(random.Next(2, 20)),
        < 75 => EnqueueChordAsync(random.Next(2, 7)),
        < 88 => EnqueueInTransactionAsync(commits: random.Next(2) == 0),
        < 96 => EnqueueOneAsync(Duration(), o => o.Delay = TimeSpan.FromMilliseconds(random.Next(1, 300))),
        _ => EnqueueAsync(PoisonPrefix + NextKey()),
    };

    private async Task EnqueueManyAsync(int count)
    {
        LedgerJob.Args[] jobs = [.. Enumerable.Range(0, count).Select(_ => new LedgerJob.Args(NextKey(), Duration()))];
        ledger.Append([.. jobs.Select(static j => new LedgerLine(LedgerEvent.Intended, j.Key))]);
        IReadOnlyList<JobHandle> handles = await ConfirmAsync(() => client.EnqueueManyAsync(jobs, static (j, o) => o.IdempotencyKey = j.Key));
        ledger.Append([.. jobs.Select((j, i) => new LedgerLine(LedgerEvent.Confirmed, j.Key, handles[i].Id))]);
    }

    private async Task EnqueueInTransactionAsync(bool commits)
    {
        string key = NextKey();
        ledger.Append(new LedgerLine(LedgerEvent.Intended, key));
        if (commits)
        {
            Guid id = await ConfirmAsync(() => TransactAsync(key, static t => t.CommitAsync()));
            ledger.Append(new LedgerLine(LedgerEvent.Confirmed, key, id));
            return;
        }

        await ConfirmAsync(() => TransactAsync(key, static t => t.RollbackAsync()));
        ledger.Append(new LedgerLine(LedgerEvent.Withdrawn, key));
    }

    private async Task<Guid> TransactAsync(string key, Func<DbTransaction, Task> end)
    {
        await using DbConnection connection = await store.ConnectAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        JobHandle handle = await client.EnqueueAsync(new LedgerJob.Args(key), transaction, o => o.IdempotencyKey = key);
        await end(transaction);
        return handle.Id;
    }

    private async Task<T> ConfirmAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is JobStoreException or DbException or TimeoutException or IOException or SocketException)
            {
                Repeated++;
                await Task.Delay(Pause);
            }
        }
    }

    private int Duration() => random.Next(0, 10);

    private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{name}.{++_number}");
}
