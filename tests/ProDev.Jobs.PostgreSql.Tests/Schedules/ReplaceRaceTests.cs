using Npgsql;
using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>A schedule that replaces overlaps, while the job of its latest occurrence moves from table to table.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class ReplaceRaceTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task LatestJobIsRevoked_WhenItIsParkedAtThatMoment()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        Guid latest = await store.AddAsync(TestJobs.New() with { Group = new JobGroup("k", 1) });
        JobSchedule schedule = await store.PutNewAsync(
            TestSchedules.New("s", TestSchedules.New("s", null).Anchor, ScheduleOverlap.Replace) with { LastJobId = latest });
        await using NpgsqlConnection connection = TempSchema.Open();
        await using NpgsqlTransaction claim = await connection.BeginTransactionAsync();
        var number = (long)_schema.Scalar($"SELECT seq FROM {_schema.Name}.ready")!;
        await connection.ReadAsync(new JobStatements(_schema.Name).Park, [Parameter.Of([number]), Parameter.Of(["gk"])], static _ => true);

        Task<ScheduleFired> firing = Task.Run(async () => await store.FireScheduleAsync(TestSchedules.Step(schedule, TestJobs.New()), default));
        await UntilItWaitsAsync();
        await claim.CommitAsync();

        Assert.Equal(ScheduleFired.Enqueued, await firing.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(JobState.Revoked, await store.StateAsync(latest));
        Assert.Equal(new JobCounts { Queued = 1, Revoked = 1 }, await store.CountAsync(default));
    }

    private async Task UntilItWaitsAsync()
    {
        string sql = $"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{_schema.Name}%' AND pid <> pg_backend_pid()";
        for (int looks = 0; (long)_schema.Scalar(sql)! == 0; looks++)
        {
            Assert.True(looks < 2000, "Nobody waits for the claim.");
            await Task.Delay(10);
        }
    }
}
