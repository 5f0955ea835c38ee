using System.Data;
using System.Data.Common;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgreSqlTransactionTests : StoreTransactionTests
{
    private readonly TempSchema _schema = new();

    protected override string Table => $"{_schema.Name}.business";

    [Fact]
    public async Task JobNeverWas_WhenTheConnectionIsKilledBeforeTheCommit()
    {
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await Transactional.EnqueueAsync([TestJobs.New()], transaction, default);

        _schema.Execute($"SELECT pg_terminate_backend({connection.ProcessID})");

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));
        Assert.Equal(new JobCounts(), await Store.CountAsync(default));
    }

    [Fact]
    public async Task EnqueueIsRefused_WhenAStatementHasEndedTheTransaction()
    {
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "COMMIT");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));
    }

    [Fact]
    public async Task EnqueueFailsClearly_WhenTheConnectionIsKilledBefore()
    {
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        _schema.Execute($"SELECT pg_terminate_backend({connection.ProcessID})");

        await Assert.ThrowsAsync<JobStoreException>(async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));
    }

    [Fact]
    public async Task EnqueueFailsClearly_WhenTheDatabaseOfTheTransactionHasNoTables()
    {
        await using NpgsqlConnection connection = TempSchema.Open("template1");
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();

        var error = await Assert.ThrowsAsync<JobStoreException>(async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));

        Assert.Contains(
            $"/template1', which has no tables of ProDev.Jobs.PostgreSql in the schema '{_schema.Name}'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnqueueFailsWithTheDriversReason_WhenASerializableTransactionMeetsALaterJob()
    {
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await ExecuteAsync(connection, "SELECT 1");
        await Store.AddAsync(TestJobs.New(key: "k"));

        var error = await Assert.ThrowsAsync<JobStoreException>(
            async () => await Transactional.EnqueueAsync([TestJobs.New(key: "k")], transaction, default));

        Assert.Equal(PostgresErrorCodes.SerializationFailure, Assert.IsType<PostgresException>(error.InnerException).SqlState);
    }

    [Fact]
    public async Task KeyIsRefused_WhenPostgreSqlCannotStoreIt()
    {
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await Transactional.EnqueueAsync([TestJobs.New(key: "a\0b")], transaction, default));

        await Transactional.EnqueueAsync([TestJobs.New()], transaction, default);
        await transaction.CommitAsync();
        await Store.TakeOneAsync();
    }

    protected override IJobStore CreateStore() => _schema.CreateStore();

    protected override Task<DbConnection> ConnectAsync() => Task.FromResult<DbConnection>(TempSchema.Open());

    protected override void Cleanup() => _schema.Dispose();
}
