using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Calls about the same jobs lock them in one order, so that they never wait for each other in a circle.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class LockOrderTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Theory]
    [InlineData("complete")]
    [InlineData("extend")]
    [InlineData("retry")]
    [InlineData("return")]
    [InlineData("dead-letter")]
    public async Task EarlierJobIsLockedFirst_WhenTheLaterOneIsTaken(string call)
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.EnqueueAsync([TestJobs.New(priority: 0), TestJobs.New(priority: 9)], default);

        // The later one lies before the earlier one in the table.
        JobLease later = (await store.TakeOneAsync()).Lease;
        JobLease earlier = (await store.TakeOneAsync()).Lease;
        Assert.True(earlier.Receipt < later.Receipt);
        await using NpgsqlConnection other = TempSchema.Open();
        await using NpgsqlTransaction taking = await other.BeginTransactionAsync();
        await ExecuteAsync(other, $"SELECT FROM {_schema.Name}.running WHERE seq = {later.Receipt} FOR UPDATE");

        Task<IReadOnlyList<bool>> calling = CallAsync(store, call, [later, earlier]);
        while (_schema.Scalar($"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{_schema.Name}%'") is 0L)
            await Task.Delay(1);

        PostgresException error = Assert.Throws<PostgresException>(
            () => _schema.Execute($"SELECT FROM {_schema.Name}.running WHERE seq = {earlier.Receipt} FOR UPDATE NOWAIT"));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, error.SqlState);
        await taking.RollbackAsync();
        Assert.Equal([true, true], await calling);
    }

    [Fact]
    public async Task LeaseIsHeldOnce_WhenItIsGivenTwice()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.AddAsync(TestJobs.New());
        JobLease lease = (await store.TakeOneAsync()).Lease;

        Assert.Equal([true, false, false], await store.ReturnAsync([lease, lease, lease with { Token = 7 }], default));
        Assert.Equal(1, (await store.CountAsync(default)).Queued);
    }

    private static async Task<IReadOnlyList<bool>> CallAsync(PostgreSqlJobStore store, string call, JobLease[] leases) => call switch
    {
        "complete" => await store.CompleteAsync([.. leases.Select(l => new JobCompletion(l))], default),
        "extend" => await store.ExtendAsync(leases, TimeSpan.FromMinutes(1), default),
        "retry" => await store.RetryAsync([.. leases.Select(l => new JobRetry(l, TimeSpan.Zero, "again"))], default),
        "return" => await store.ReturnAsync(leases, default),
        _ => await store.DeadLetterAsync([.. leases.Select(l => new JobDeath(l, DeadLetterReason.WorkerLost, "dead"))], default),
    };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
