using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Claims that go on behind the last one while the front of the index is slow.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class ClaimStartTests : IDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly ClaimStart _start;
    private readonly TempSchema _schema = new();

    public ClaimStartTests() => _start = new ClaimStart(_time);

    public void Dispose() => _schema.Dispose();

    [Theory]
    [InlineData(3, 30, 50, true)]
    [InlineData(2, 30, 50, false)]
    [InlineData(3, 5, 50, true)]
    [InlineData(3, 4, 50, false)]
    [InlineData(3, 30, 49, false)]
    public void ClaimsGoOnBehindTheLast_WhenTheFrontWasSlowThreeTimes(int times, int milliseconds, int rows, bool isAhead)
    {
        for (int i = 0; i < times; i++)
            _start.Claimed(Rows(rows), wasAhead: false, TimeSpan.FromMilliseconds(milliseconds));

        ClaimPlace[]? places = _start.Of(["other", "default"]);

        Assert.Equal(isAhead ? [ClaimPlace.Front, new ClaimPlace(9, DateTime.UnixEpoch, rows)] : null, places);
    }

    [Fact]
    public void TheFrontIsLookedAtAgain_WhenTenTimesItsTimeHasPassed()
    {
        BeAhead(50);
        _time.Advance(10 * Slow - TimeSpan.FromMilliseconds(1));
        _start.Claimed(Rows(60), wasAhead: true, TimeSpan.Zero);
        Assert.Equal(60, _start.Of(["default"])![0].Number);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_start.Of(["default"]));

        _start.Claimed(Rows(50), wasAhead: false, TimeSpan.FromMilliseconds(1));
        Assert.Null(_start.Of(["default"]));
    }

    [Fact]
    public void TimeOfTheFrontIsUtc_AsTheDriverWantsIt() => Assert.Equal(DateTimeKind.Utc, ClaimPlace.Front.RunAt.Kind);

    [Fact]
    public void TheFrontIsLookedAtAgainAfterASecond_WhenItWasVerySlow()
    {
        BeAhead(50, took: TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotNull(_start.Of(["default"]));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(_start.Of(["default"]));
    }

    [Fact]
    public async Task JobsBehindThePlaceComeFirst_AndThoseBeforeItWhenThereAreTooFew()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        Guid[] ids = [await store.AddAsync(TestJobs.New()), await store.AddAsync(TestJobs.New()), await store.AddAsync(TestJobs.New())];
        BeAhead(50, PlaceOf(ids[0]));

        Assert.Equal([ids[1]], await ClaimAsync(1));
        BeAhead(50, PlaceOf(ids[0]));
        Assert.Equal([ids[0], ids[2]], await ClaimAsync(2));
    }

    [Fact]
    public async Task JobsWithLimitsStartInTurn_WhenTheClaimBeginsBehindThem()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        Guid plain = await store.AddAsync(TestJobs.New());
        Guid[] ids = [await store.AddAsync(Limited()), await store.AddAsync(TestJobs.New()), await store.AddAsync(Limited()), await store.AddAsync(TestJobs.New())];
        Assert.Equal([plain], await ClaimAsync(1));
        BeAhead(50, PlaceOf(ids[1]));

        Assert.Equal([ids[0], ids[1], ids[3]], await ClaimAsync(3));
        Assert.Empty(await ClaimAsync(3));

        static JobEnvelope Limited() => TestJobs.New() with { Group = new JobGroup("customer", 1) };
    }

    private static List<ClaimedRow> Rows(int count) => [.. Enumerable.Range(1, count).Select(i => Row(DateTimeOffset.UnixEpoch, i))];

    private static ClaimedRow Row(DateTimeOffset runAt, long number)
    {
        JobEnvelope envelope = TestJobs.New();
        return new ClaimedRow(
            new LeasedJob { Envelope = envelope, Lease = new JobLease(envelope.Id, 1, number), Attempt = 1, EnqueuedAt = runAt }, runAt);
    }

    private (DateTime RunAt, long Number) PlaceOf(Guid id)
        => ((DateTime)_schema.Scalar($"SELECT run_at FROM {_schema.Name}.ready WHERE id = '{id}'")!,
            (long)_schema.Scalar($"SELECT seq FROM {_schema.Name}.ready WHERE id = '{id}'")!);

    private void BeAhead(int rows, (DateTime RunAt, long Number)? last = null, TimeSpan? took = null)
    {
        for (int i = 0; i < 3; i++)
            _start.Claimed([.. Rows(rows), .. last is { } place ? [Row(new DateTimeOffset(place.RunAt), place.Number)] : (ClaimedRow[])[]], wasAhead: false, took ?? Slow);
    }

    private async Task<Guid[]> ClaimAsync(int maximum)
    {
        (JobStatements statements, JobClock clock) = (new JobStatements(_schema.Name), new JobClock(null));
        var claimer = new JobClaimer(statements, clock, new LimitedClaimer(statements, clock, new GateKeeper(statements, clock)), _start);
        await using NpgsqlConnection connection = TempSchema.Open();
        var request = new FetchRequest { Queues = ["default"], Maximum = maximum, Lease = TimeSpan.FromMinutes(1), Worker = "test" };
        return [.. (await claimer.RunAsync(connection, request)).Jobs.Select(j => j.Lease.JobId)];
    }
}
