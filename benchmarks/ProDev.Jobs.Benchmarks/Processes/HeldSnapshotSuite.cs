using System.Diagnostics;
using Npgsql;

namespace ProDev.Jobs.Benchmarks;

/// <summary>
/// Do claims become slower while a transaction that nobody ends keeps the server from cleaning up what was claimed? A backlog of a million jobs, of which
/// 400,000 are processed in claims of a hundred; before it, as many without such a transaction.
/// </summary>
internal sealed class HeldSnapshotSuite() : ProcessSuite("PostgreSqlHeldSnapshot", SharedPlace.PostgreSql, rounds: 1)
{
    private const int Backlog = 1_000_000;
    private const int Processed = 400_000;
    private const int BatchSize = 100;
    private const int Enqueued = 1_000;

    protected override async Task<IReadOnlyDictionary<string, double>> RunAsync(SharedPlace place)
    {
        for (var i = 0; i < Backlog + Processed; i += Enqueued)
            await place.Store.EnqueueAsync([.. Enumerable.Range(0, Enqueued).Select(static _ => Envelope())], CancellationToken.None);

        var (free, _) = await ProcessAsync(place.Store);
        await using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var snapshot = new NpgsqlCommand("SELECT pg_current_xact_id()", connection, transaction);
        await snapshot.ExecuteScalarAsync();
        var (held, claims) = await ProcessAsync(place.Store);
        var fifth = claims.Count / 5;
        return new Dictionary<string, double>
        {
            ["Free"] = free,
            ["Held"] = held,
            ["FirstClaims"] = Percentile(claims.Take(fifth), 0.5),
            ["LastClaims"] = Percentile(claims.TakeLast(fifth), 0.5),
        };
    }

    /// <summary>Returns the time per job, and that of each claim.</summary>
    private static async Task<(double PerJob, List<double> Claims)> ProcessAsync(IJobStore store)
    {
        var request = new FetchRequest { Queues = [SharedPlace.Queue], Maximum = BatchSize, Lease = TimeSpan.FromMinutes(1), Worker = "benchmark" };
        var claims = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Processed; i += BatchSize)
        {
            var called = Stopwatch.GetTimestamp();
            var jobs = await store.FetchAsync(request, CancellationToken.None);
            claims.Add(Stopwatch.GetElapsedTime(called).TotalNanoseconds);
            await store.CompleteAsync([.. jobs.Select(j => new JobCompletion(j.Lease))], CancellationToken.None);
        }

        return (Stopwatch.GetElapsedTime(started).TotalNanoseconds / Processed, claims);
    }

    private static JobEnvelope Envelope() => new() { Id = Guid.CreateVersion7(), Name = "tally", Payload = "{}"u8.ToArray(), Queue = SharedPlace.Queue };
}
