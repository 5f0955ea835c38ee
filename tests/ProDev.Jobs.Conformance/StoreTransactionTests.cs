using System.Data.Common;

namespace ProDev.Jobs.Conformance;

/// <summary>Enqueueing in a transaction of the application, for stores that can. The application's rows are in a table of the same database.</summary>
public abstract class StoreTransactionTests : IAsyncLifetime
{
    protected static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    protected IJobStore Store { get; private set; } = null!;

    protected ITransactionalJobStore Transactional => (ITransactionalJobStore)Store;

    /// <summary>A table with a column <c>id</c> for texts.</summary>
    protected abstract string Table { get; }

    public async Task InitializeAsync()
    {
        Store = CreateStore();
        await Store.OpenAsync(default);
        await using DbConnection connection = await ConnectAsync();
        await ExecuteAsync(connection, $"CREATE TABLE {Table} (id TEXT PRIMARY KEY)");
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        Cleanup();
    }

    [Fact]
    public async Task JobIsSeenByNobody_UntilTheTransactionIsCommitted()
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        JobEnvelope job = TestJobs.New(payload: "{\"a\":1}"u8.ToArray());
        IReadOnlyList<EnqueuedJob> answers = await Transactional.EnqueueAsync([job], transaction, default);

        Assert.Equal([new EnqueuedJob(job.Id, AlreadyExisted: false)], answers);
        Assert.Null(await Store.FindAsync(job.Id, default));
        await transaction.CommitAsync();

        LeasedJob taken = await Store.TakeOneAsync();
        Assert.Equal((job.Id, "{\"a\":1}"), (taken.Lease.JobId, System.Text.Encoding.UTF8.GetString(taken.Envelope.Payload.Span)));
    }

    [Fact]
    public async Task JobNeverWas_WhenTheTransactionIsRolledBack()
    {
        await using DbConnection connection = await ConnectAsync();
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            await Transactional.EnqueueAsync([TestJobs.New(key: "k"), TestJobs.New(runAt: DateTimeOffset.UtcNow.AddHours(1))], transaction, default);
            await transaction.RollbackAsync();
        }

        Assert.Equal(new JobCounts(), await Store.CountAsync(default));
        Assert.False((await Store.EnqueueAsync([TestJobs.New(key: "k")], default))[0].AlreadyExisted);
    }

    [Fact]
    public async Task JobsOfAQueueAreTaken_WhenTheTransactionThatNamedItFirstWasRolledBack()
    {
        await using DbConnection connection = await ConnectAsync();
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
            await Transactional.EnqueueAsync([TestJobs.New(queue: "new")], transaction, default);

        Guid other = await Store.AddAsync(TestJobs.New(queue: "other"));
        Guid again = await Store.AddAsync(TestJobs.New(queue: "new"));

        Assert.Equal(other, Assert.Single(await Store.TakeAsync(9, "other")).Lease.JobId);
        Assert.Equal(again, Assert.Single(await Store.TakeAsync(9, "new")).Lease.JobId);
    }

    [Fact]
    public async Task FirstJobCounts_WhenIdOrKeyAreThere()
    {
        Guid before = await Store.AddAsync(TestJobs.New(key: "before"));
        JobEnvelope job = TestJobs.New();
        JobEnvelope keyed = TestJobs.New(key: "k");
        await using DbConnection connection = await ConnectAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();

        IReadOnlyList<EnqueuedJob> first = await Transactional.EnqueueAsync(
            [job, job, keyed, TestJobs.New(key: "k"), TestJobs.New(key: "before")], transaction, default);
        IReadOnlyList<EnqueuedJob> second = await Transactional.EnqueueAsync([job, TestJobs.New(key: "k")], transaction, default);
        await transaction.CommitAsync();

        Assert.Equal([(job.Id, false), (job.Id, true), (keyed.Id, false), (keyed.Id, true), (before, true)], first.Select(a => (a.Id, a.AlreadyExisted)));
        Assert.Equal([(job.Id, true), (keyed.Id, true)], second.Select(a => (a.Id, a.AlreadyExisted)));
        Assert.Equal(3, (await Store.CountAsync(default)).Queued);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OtherTransactionsWaitForTheKey_UntilTheFirstHasEnded(bool commits)
    {
        JobEnvelope first = TestJobs.New(key: "once");
        JobEnvelope second = TestJobs.New(key: "once");
        await using DbConnection connection = await ConnectAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await Transactional.EnqueueAsync([first], transaction, default);

        Task<IReadOnlyList<EnqueuedJob>> waiting = Task.Run(async () => await Store.EnqueueAsync([second], default));
        Assert.False(waiting.IsCompleted);
        await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());

        EnqueuedJob answer = (await waiting.WaitAsync(Hang))[0];
        Assert.Equal(commits ? (first.Id, true) : (second.Id, false), (answer.Id, answer.AlreadyExisted));
        Assert.Equal(answer.Id, (await Store.TakeOneAsync()).Lease.JobId);
    }

    [Theory]
    [InlineData(JobConflict.Skip, true)]
    [InlineData(JobConflict.Skip, false)]
    [InlineData(JobConflict.Replace, true)]
    [InlineData(JobConflict.Replace, false)]
    public async Task OthersWaitForTheUniqueJob_UntilTheTransactionHasEnded(JobConflict conflict, bool commits)
    {
        JobEnvelope first = UniqueTestJobs.New(content: "1");
        JobEnvelope second = UniqueTestJobs.New(content: "2", conflict: conflict);
        await using DbConnection connection = await ConnectAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        Assert.False((await Transactional.EnqueueAsync([first], transaction, default))[0].AlreadyExisted);
        Assert.True((await Transactional.EnqueueAsync([UniqueTestJobs.New()], transaction, default))[0].AlreadyExisted);

        Task<EnqueuedJob> waiting = Task.Run(() => Store.OfferAsync(second));
        Assert.False(waiting.IsCompleted);
        await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());

        EnqueuedJob answer = await waiting.WaitAsync(Hang);
        Assert.Equal(commits ? (first.Id, true) : (second.Id, false), (answer.Id, answer.AlreadyExisted));
        Assert.Equal(commits && conflict == JobConflict.Skip ? "1" : "2", UniqueTestJobs.ContentOf(await Store.TakeOneAsync()));
    }

    [Fact]
    public async Task JobIsWhatItWas_WhenTheTransactionThatReplacedItIsRolledBack()
    {
        EnqueuedJob first = await Store.OfferAsync(UniqueTestJobs.New(content: "1"));
        await using DbConnection connection = await ConnectAsync();
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            EnqueuedJob replaced = (await Transactional.EnqueueAsync(
                [UniqueTestJobs.New(content: "2", conflict: JobConflict.Replace, delay: TimeSpan.FromHours(1))], transaction, default))[0];
            Assert.Equal((first.Id, EnqueueOutcome.Replaced), (replaced.Id, replaced.Outcome));
            await transaction.RollbackAsync();
        }

        LeasedJob job = await Store.TakeOneAsync();
        Assert.Equal((first.Id, "1"), (job.Lease.JobId, UniqueTestJobs.ContentOf(job)));
    }

    [Fact]
    public async Task EnqueueIsRefused_WhenTheTransactionHasEnded()
    {
        foreach (Func<DbConnection, DbTransaction, Task> end in (Func<DbConnection, DbTransaction, Task>[])
            [
                (_, t) => t.CommitAsync(), (_, t) => t.RollbackAsync(), (_, t) => t.DisposeAsync().AsTask(), (c, _) => c.CloseAsync(),
            ])
        {
            await using DbConnection connection = await ConnectAsync();
            DbTransaction transaction = await connection.BeginTransactionAsync();
            await end(connection, transaction);

            var error = await Assert.ThrowsAsync<InvalidOperationException>(
                async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));

            Assert.StartsWith("The transaction has ended:", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(new JobCounts(), await Store.CountAsync(default));
    }

    [Fact]
    public async Task EnqueueIsRefused_WhenTheTransactionIsOfAnotherDriver()
    {
        await using var transaction = new ForeignTransaction();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, default));

        Assert.StartsWith($"The transaction is of the type '{typeof(ForeignTransaction)}', but the jobs are in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsWritten_WhenTheTokenIsCancelled()
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Transactional.EnqueueAsync([TestJobs.New()], transaction, new CancellationToken(canceled: true)));

        await transaction.CommitAsync();
        Assert.Equal(new JobCounts(), await Store.CountAsync(default));
    }

    [Fact]
    public async Task RowAndJobAreBothThereOrNeither_WhenManyWriteAndRollBackWhileAWorkerTakes()
    {
        const int Writers = 8, Rounds = 25;
        int done = 0;
        var ran = new List<Guid>();
        Task taking = Task.Run(async () =>
        {
            while (true)
            {
                bool last = Volatile.Read(ref done) == Writers;
                IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(10);
                if (jobs.Count > 0)
                    await Store.CompleteAsync([.. jobs.Select(j => new JobCompletion(j.Lease))], default);
                ran.AddRange(jobs.Select(j => j.Lease.JobId));
                if (last && jobs.Count == 0)
                    return;
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (int round = 0; round < Rounds; round++)
            {
                await using DbConnection connection = await ConnectAsync();
                await using DbTransaction transaction = await connection.BeginTransactionAsync();
                JobEnvelope job = TestJobs.New();
                if (random.Next(2) == 0)
                    await Transactional.EnqueueAsync([job], transaction, default);
                await ExecuteAsync(connection, $"INSERT INTO {Table} (id) VALUES ('{job.Id}')");
                await Transactional.EnqueueAsync([job], transaction, default);
                if (random.Next(2) == 0)
                    await transaction.CommitAsync();
                else if (random.Next(2) == 0)
                    await transaction.RollbackAsync();
            }

            Interlocked.Increment(ref done);
        })));
        await taking;

        IReadOnlyList<string> rows = await RowsAsync();
        Assert.InRange(rows.Count, 1, (Writers * Rounds) - 1);
        Assert.Equal(rows, ran.Select(id => id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(new JobCounts { Succeeded = rows.Count }, await Store.CountAsync(default));
    }

    protected abstract IJobStore CreateStore();

    /// <summary>A connection of the application's, open.</summary>
    protected abstract Task<DbConnection> ConnectAsync();

    protected abstract void Cleanup();

    protected static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IReadOnlyList<string>> RowsAsync()
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM {Table}";
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
