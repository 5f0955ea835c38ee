using System.Transactions;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>The store stays outside of a transaction of System.Transactions.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class AmbientTransactionTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Theory]
    [InlineData(false, "", TransactionScopeAsyncFlowOption.Enabled)]
    [InlineData(false, ";Enlist=true", TransactionScopeAsyncFlowOption.Enabled)]
    [InlineData(true, "", TransactionScopeAsyncFlowOption.Enabled)]
    [InlineData(true, "", TransactionScopeAsyncFlowOption.Suppress)]
    public async Task JobsAreCommittedByThemselves_WhenTheScopeAroundThemIsNotCompleted(bool isOfTheApplication, string more, TransactionScopeAsyncFlowOption flow)
    {
        await using var source = NpgsqlDataSource.Create(TestPostgres.ConnectionString);
        await using PostgreSqlJobStore store = _schema.CreateStore(configure: o =>
        {
            (o.DataSource, o.ConnectionString) = (source, isOfTheApplication ? null : TestPostgres.ConnectionString + more);
        });
        Task one, many;

        using (new TransactionScope(flow))
        {
            // A scope that does not flow is the thread's until it is disposed there.
            one = store.EnqueueAsync([TestJobs.New()], default).AsTask();
            many = store.EnqueueAsync(TestJobs.Many(150), default).AsTask();
            if (flow == TransactionScopeAsyncFlowOption.Enabled)
                await Task.WhenAll(one, many);
        }

        if (flow != TransactionScopeAsyncFlowOption.Enabled)
            await Task.WhenAll(one, many);
        Assert.Equal(new JobCounts { Queued = 151 }, await store.CountAsync(default));
    }

    [Fact]
    public async Task SenderTakesNoPart_WhenItIsCalledWithinAScope()
    {
        Transaction? seen = null;
        var edge = new TrailingEdge(
            () =>
            {
                seen = Transaction.Current;
                return Task.CompletedTask;
            },
            TimeSpan.Zero);

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            Assert.NotNull(Transaction.Current);
            edge.Touch();
            await edge.DrainAsync();
        }

        Assert.Null(seen);
    }
}
