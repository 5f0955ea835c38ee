using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>What is leased reaches its worker, whatever goes wrong after it.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class ClaimFaultTests : IDisposable
{
    private const string Lost = "PERFORM pg_terminate_backend(pg_backend_pid())";
    private const string Undone = "RAISE EXCEPTION 'undone' USING ERRCODE = '40001'";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Theory]
    [InlineData(false, Lost)]
    [InlineData(false, Undone)]
    [InlineData(true, Lost)]
    [InlineData(true, Undone)]
    public async Task LeasedJobsAreReturned_WhenALaterTripOfTheClaimFails(bool isLimited, string fault)
    {
        await using PostgreSqlJobStore store = _schema.CreateStore(_time);
        await store.OpenAsync(default);
        FailToLease("bad", fault);
        Guid good = await store.AddAsync(TestJobs.New());

        // So many become due that the claim begins again, whatever its first round has found.
        var others = TestJobs.Many(1000, _ => TestJobs.New(queue: "others", delay: TimeSpan.FromSeconds(1)));
        JobEnvelope bad = isLimited ? TestJobs.New("bad") with { Group = new JobGroup("customer", 1) } : TestJobs.New("bad", delay: TimeSpan.FromSeconds(2));
        await store.EnqueueAsync([.. others, bad], default);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(good, Assert.Single(await store.TakeAsync()).Lease.JobId);
        Assert.Equal(1, (await store.CountAsync(default)).Running);
    }

    private void FailToLease(string name, string fault) => _schema.Execute(
        $"""
        CREATE FUNCTION {_schema.Name}.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {fault}; RETURN NEW; END $$;
        CREATE TRIGGER fail BEFORE INSERT ON {_schema.Name}.running FOR EACH ROW WHEN (NEW.name = '{name}') EXECUTE FUNCTION {_schema.Name}.fail()
        """);
}
