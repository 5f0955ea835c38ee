using System.Data;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>The locks behind unique jobs, and what they leave behind.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class UniqueLockTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task TransactionFailsInsteadOfMakingASecondJob_WhenItsSnapshotIsOld(IsolationLevel level)
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.CompleteAsync([await OfferAndTakeAsync(store)], default);
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(level);
        await using (var look = new NpgsqlCommand("SELECT 1", connection))
            await look.ExecuteScalarAsync();
        EnqueuedJob other = await store.OfferAsync(UniqueTestJobs.New());

        var error = await Assert.ThrowsAsync<JobStoreException>(async () => await store.EnqueueAsync([UniqueTestJobs.New()], transaction, default));

        Assert.Contains("40001", error.Message, StringComparison.Ordinal);
        await transaction.RollbackAsync();
        Assert.Equal(other.Id, (await store.TakeOneAsync()).Lease.JobId);
        Assert.Empty(await store.TakeAsync());
    }

    [Fact]
    public async Task NoLockIsTaken_WhenAJobIsNotUniqueOrFindsOneInItsWay()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.OpenAsync(default);
        await store.EnqueueAsync(TestJobs.Many(10), default);
        Assert.Equal(0L, _schema.Scalar($"SELECT count(*) FROM {_schema.Name}.unique_lock"));
        await store.OfferAsync(UniqueTestJobs.New());
        object? before = _schema.Scalar($"SELECT xmin::text FROM {_schema.Name}.unique_lock");

        await store.OfferAsync(UniqueTestJobs.New());

        Assert.Equal(before, _schema.Scalar($"SELECT xmin::text FROM {_schema.Name}.unique_lock"));
    }

    [Fact]
    public async Task LocksGoWithTheirJobs_UnlessSomebodyHoldsThem()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        await store.CompleteAsync([await OfferAndTakeAsync(store, "pruned")], default);
        await store.DeadLetterAsync([new JobDeath(await OfferAndTakeAsync(store, "discarded"), DeadLetterReason.GivenUp, "no")], default);
        await store.CompleteAsync([await OfferAndTakeAsync(store, "held")], default);
        await using NpgsqlConnection connection = TempSchema.Open();
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            await store.EnqueueAsync([UniqueTestJobs.New("held")], transaction, default);

            Assert.Equal(2, await store.PruneAsync(TimeSpan.Zero, 10, default));
            await store.DiscardAsync([(await store.ListDeadLettersAsync(new DeadLetterQuery(), default))[0].Id], default);
            await transaction.CommitAsync();
        }

        Assert.Equal("held", _schema.Scalar($"SELECT string_agg(key, ',') FROM {_schema.Name}.unique_lock"));
        Assert.True((await store.OfferAsync(UniqueTestJobs.New("held"))).AlreadyExisted);
    }

    [Fact]
    public async Task ClaimAndReplaceNeverBothHaveTheJob_WhenTheReplacementWaitsForTheClaim()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        EnqueuedJob first = await store.OfferAsync(UniqueTestJobs.New(content: "1"));
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction claim = await connection.BeginTransactionAsync();
        var statements = new JobStatements(_schema.Name);
        NpgsqlParameter[] parameters =
        [
            Parameter.Of((DateTime?)null), Parameter.Of(["default"]), Parameter.Of(1), Parameter.Of(30_000_000L), Parameter.Of("worker"),
        ];
        Assert.Single(await connection.ReadAsync(statements.Claim, parameters, ClaimedRow.Read));

        Task<EnqueuedJob> replacing = Task.Run(() => store.OfferAsync(UniqueTestJobs.New(content: "2", conflict: JobConflict.Replace)));
        Assert.False(replacing.IsCompleted);
        await claim.CommitAsync();

        EnqueuedJob answer = await replacing.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((first.Id, EnqueueOutcome.Existed), (answer.Id, answer.Outcome));
        Assert.Equal(JobState.Running, await store.StateAsync(first.Id));
    }

    [Fact]
    public async Task EnqueueIsRefused_WhenNoColumnCanHoldTheKey()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await store.EnqueueAsync([UniqueTestJobs.New("a\0b")], default));

        Assert.StartsWith("The unique key of the job 'test.job' contains U+0000", error.Message, StringComparison.Ordinal);
    }

    private static async Task<JobLease> OfferAndTakeAsync(PostgreSqlJobStore store, string key = "k")
    {
        await store.OfferAsync(UniqueTestJobs.New(key));
        return (await store.TakeOneAsync()).Lease;
    }
}
