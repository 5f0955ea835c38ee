using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.PostgreSql.Tests;

/// <summary>Keys of jobs whose turn comes later. Refused then, they would keep the end of the job before them from being written.</summary>
[Trait("Requires", "PostgreSQL")]
public sealed class StepKeyTests : IDisposable
{
    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    public static TheoryData<string> Places => ["next", "callback", "handler", "member", "join"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task JobIsRefused_WhenWhatFollowsItHasAKeyThatNoColumnCanHold(string place)
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        var bad = new JobStep { Job = TestJobs.New(name: "later") with { Group = new JobGroup("a\0b", 1) } };
        var good = new JobStep { Job = TestJobs.New() };
        JobContinuation continuation = place switch
        {
            "next" => new() { Next = [good, bad] },
            "callback" => new() { Next = [new JobStep { Job = TestJobs.New() with { Continuation = new() { Callbacks = [bad] } } }] },
            "handler" => new() { ErrorCallbacks = [bad] },
            "member" => new() { Next = [new JobStep { Group = [[good], [good, bad]], GroupId = Guid.NewGuid() }] },
            _ => new() { Join = new JobJoin { Id = Guid.NewGuid(), Index = 0, Size = 1, Continuation = new() { Next = [bad] } } },
        };

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await store.EnqueueAsync([TestJobs.New() with { Continuation = continuation }], default));

        Assert.StartsWith("The group key of the job 'later' contains U+0000", error.Message, StringComparison.Ordinal);
        Assert.Equal(new JobCounts(), await store.CountAsync(default));
    }

    [Fact]
    public async Task ScheduleIsRefused_WhenItsJobHasAKeyThatNoColumnCanHold()
    {
        await using PostgreSqlJobStore store = _schema.CreateStore();
        JobSchedule schedule = TestSchedules.New("s", DateTimeOffset.UtcNow) with { Job = TestJobs.New() with { Rate = JobRate.Parse("1/s"), RateKey = "a\0b" } };

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await store.PutScheduleAsync(schedule, 0, default));

        Assert.StartsWith("The rate key of the job 'test.job' contains U+0000", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ListSchedulesAsync(default));
    }
}
