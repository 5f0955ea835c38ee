using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Roles that may do less than everything.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class RoleTests : IDisposable
{
    private readonly TempSchema _schema = new();
    private readonly string _role = $"role_{Guid.NewGuid():n}";

    public RoleTests() => _schema.Execute($"CREATE ROLE {_role} LOGIN PASSWORD 'secret'; {PostgreSqlJobsSchema.CreateScript(_schema.Name)}");

    public void Dispose()
    {
        _schema.Execute($"DROP OWNED BY {_role}; DROP ROLE {_role}");
        _schema.Dispose();
    }

    [Fact]
    public async Task JobsRun_WhenTheRoleHasTheGrantsOfTheReadme()
    {
        _schema.Execute(
            $"""
            GRANT USAGE ON SCHEMA {_schema.Name} TO {_role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {_schema.Name} TO {_role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {_schema.Name} TO {_role};
            """);
        await using PostgreSqlJobStore store = CreateStore();
        await store.EnqueueAsync(TestJobs.Many(6, i => TestJobs.New(key: $"{i}")), default);

        IReadOnlyList<LeasedJob> jobs = await store.TakeAsync();
        await store.CompleteAsync([jobs[0].Lease], default);
        await store.RetryAsync([new JobRetry(jobs[1].Lease, TimeSpan.Zero, "x")], default);
        await store.DeadLetterAsync([new JobDeath(jobs[2].Lease, DeadLetterReason.GivenUp, "x"), new JobDeath(jobs[3].Lease, DeadLetterReason.GivenUp, "x")], default);
        await store.ExtendAsync([jobs[4].Lease], TestJobs.Lease, default);
        await store.ReturnAsync([jobs[5].Lease], default);
        await store.ReplayAsync([jobs[2].Lease.JobId], default);
        await store.DiscardAsync([jobs[3].Lease.JobId], default);
        await store.RescueAsync(10, default);
        await store.PruneAsync(TimeSpan.Zero, 10, default);

        Assert.Equal(new JobCounts { Queued = 3, Running = 1 }, await store.CountAsync(default));
    }

    [Fact]
    public async Task ChangesFailAndQueriesWork_WhenTheRoleMayOnlyRead()
    {
        await using (PostgreSqlJobStore owner = _schema.CreateStore())
            await owner.AddAsync(TestJobs.New());
        _schema.Execute($"GRANT USAGE ON SCHEMA {_schema.Name} TO {_role}; GRANT SELECT ON ALL TABLES IN SCHEMA {_schema.Name} TO {_role}");
        await using PostgreSqlJobStore store = CreateStore();

        Assert.Equal(1, (await store.CountAsync(default)).Queued);
        JobStoreException error = await Assert.ThrowsAsync<JobStoreException>(() => store.AddAsync(TestJobs.New()));

        Assert.Contains($"does not let this role do what the job needs in the schema '{_schema.Name}'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, (await store.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task OpeningFails_WhenTheRoleMayNotEvenLookIntoTheSchema()
    {
        await using PostgreSqlJobStore store = CreateStore();

        JobStoreException error = await Assert.ThrowsAsync<JobStoreException>(() => store.OpenAsync(default).AsTask());

        Assert.Contains("does not let this role", error.Message, StringComparison.Ordinal);
    }

    private PostgreSqlJobStore CreateStore() => _schema.CreateStore(configure: o =>
    {
        o.ConnectionString = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString) { Username = _role, Password = "secret" }.ConnectionString;
        o.Migrate = false;
    });
}
