using System.Text;

namespace ProDev.Jobs.Conformance;

/// <summary>Results, what follows a job, and groups that are joined.</summary>
public abstract class StoreContinuationTests : StoreTests
{
    [Fact]
    public async Task ResultIsKept_WhenAJobSucceeds()
    {
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        await Store.CompleteAsync([new JobCompletion(jobs[0].Lease) { Result = Json("[1,\"ü\"]") }, jobs[1].Lease], default);

        Assert.Equal("[1,\"ü\"]", Text((await Store.FindAsync(jobs[0].Lease.JobId, default))!.Result!.Value));
        Assert.Null((await Store.FindAsync(jobs[1].Lease.JobId, default))!.Result);
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("dead letter")]
    [InlineData("revoke")]
    [InlineData("hand back when revoked")]
    public async Task WhoeverWaitsForAnEndIsWoken_WhenAJobEnds(string how)
    {
        Guid id = await Store.AddAsync(TestJobs.New());
        Guid waitingJob = await Store.AddAsync(TestJobs.New());
        LeasedJob leased = await Store.TakeOneAsync();
        Task waiting = Store.WaitForEndAsync(null, TimeSpan.FromHours(1), default);
        Task waitingForIt = Store.WaitForEndAsync(how == "revoke" ? waitingJob : id, TimeSpan.FromHours(1), default);

        switch (how)
        {
            case "complete":
                await Store.CompleteAsync([leased.Lease], default);
                break;
            case "dead letter":
                await Store.DeadLetterAsync([new JobDeath(leased.Lease, DeadLetterReason.GivenUp, "no")], default);
                break;
            case "revoke":
                await Store.RevokeAsync([waitingJob], default);
                break;
            default:
                await Store.RevokeAsync([id], default);
                await Store.ReturnAsync([leased.Lease], default);
                break;
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        await waitingForIt.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task WhatFollowsIsEnqueuedOnce_WhenTheLeaseIsHeld()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob late = await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease);
        await Store.RescueAsync(10, default);
        LeasedJob current = await Store.TakeOneAsync();
        JobEnvelope next = TestJobs.New("next.job");
        var followUp = new JobFollowUp { Jobs = [next] };

        Assert.Equal([false], await Store.CompleteAsync([new JobCompletion(late.Lease) { FollowUp = followUp }], default));
        Assert.Null(await Store.FindAsync(next.Id, default));
        Assert.Equal([true], await Store.CompleteAsync([new JobCompletion(current.Lease) { FollowUp = followUp }], default));
        Assert.Equal([false], await Store.CompleteAsync([new JobCompletion(current.Lease) { FollowUp = followUp }], default));

        Assert.Equal(next.Id, (await Store.TakeOneAsync()).Lease.JobId);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task OneJobFollows_WhenTwoJobsAreFollowedByTheSame()
    {
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();
        var followUp = new JobFollowUp { Jobs = [TestJobs.New("error.job")] };

        await Store.DeadLetterAsync(
            [.. jobs.Select(j => new JobDeath(j.Lease, DeadLetterReason.GivenUp, "no") { FollowUp = followUp })], default);

        Assert.Equal("error.job", (await Store.TakeOneAsync()).Envelope.Name);
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task WorkersAreWoken_WhenSomethingFollows()
    {
        await Store.AddAsync(TestJobs.New());
        LeasedJob leased = await Store.TakeOneAsync();
        Task waiting = Store.WaitForWorkAsync(["default"], TimeSpan.FromHours(1), default);

        await Store.CompleteAsync([new JobCompletion(leased.Lease) { FollowUp = new JobFollowUp { Jobs = [TestJobs.New()] } }], default);

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task ErrorCallbackFollows_WhenTheStoreGivesAJobUpItself()
    {
        JobEnvelope handler = TestJobs.New("error.job");
        JobEnvelope job = TestJobs.New(maxAttempts: 1) with
        {
            Continuation = new JobContinuation { ErrorCallbacks = [new JobStep { Job = handler, Input = JobStepInput.Arguments }] },
        };
        await Store.AddAsync(job);
        await Store.TakeOneAsync();
        Time.Advance(TestJobs.Lease);

        await Store.RescueAsync(10, default);

        LeasedJob callback = await Store.TakeOneAsync();
        Assert.Equal((handler.Id, job.Id), (callback.Lease.JobId, callback.Envelope.ParentId!.Value));
        string payload = Text(callback.Envelope.Payload);
        Assert.Contains(job.Id.ToString(), payload, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"WorkerLost\"", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GroupIsJoinedOnceWithTheResultsInOrder_WhenTheLastOneIsThere()
    {
        var group = Guid.CreateVersion7();
        JobEnvelope sum = TestJobs.New("sum.job");
        await Store.EnqueueAsync(TestJobs.Many(3), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        await Store.CompleteAsync([Part(jobs[2], group, 2, 3, sum)], default);
        await Store.CompleteAsync([Part(jobs[0], group, 0, 3, sum)], default);
        Assert.Empty(await Store.TakeAsync());
        await Store.CompleteAsync([Part(jobs[1], group, 1, 3, sum)], default);

        LeasedJob joined = await Store.TakeOneAsync();
        Assert.Equal((sum.Id, "[\"0\",\"1\",\"2\"]"), (joined.Lease.JobId, Text(joined.Envelope.Payload)));
        Assert.Empty(await Store.TakeAsync());
    }

    [Fact]
    public async Task PlaceIsTakenOnce_WhenTwoJobsContributeToIt()
    {
        var group = Guid.CreateVersion7();
        JobEnvelope sum = TestJobs.New("sum.job");
        await Store.EnqueueAsync(TestJobs.Many(3), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();

        await Store.CompleteAsync([Part(jobs[0], group, 0, 2, sum), Part(jobs[1], group, 0, 2, sum)], default);

        Assert.Empty(await Store.TakeAsync());
        await Store.CompleteAsync([Part(jobs[2], group, 1, 2, sum)], default);
        Assert.Single(await Store.TakeAsync());
    }

    [Fact]
    public async Task GroupIsJoinedOnce_WhenItsMembersEndAtTheSameTime()
    {
        const int Groups = 8;
        const int Size = 12;
        await Store.EnqueueAsync(TestJobs.Many(Groups * Size), default);
        LeasedJob[] jobs = [.. await Store.TakeAsync(Groups * Size)];
        Guid[] groups = [.. Enumerable.Range(0, Groups).Select(_ => Guid.CreateVersion7())];
        JobEnvelope[] sums = [.. groups.Select(_ => TestJobs.New("sum.job"))];

        await Task.WhenAll(jobs.Select((job, i) => Task.Run(() => Store.CompleteAsync(
            [Part(job, groups[i % Groups], i / Groups, Size, sums[i % Groups])], default).AsTask())));

        IReadOnlyList<LeasedJob> joined = await Store.TakeAsync(1000);
        Assert.Equal(sums.Select(s => s.Id).Order(), joined.Select(j => j.Lease.JobId).Order());
        Assert.All(joined, j => Assert.Equal(Size, Text(j.Envelope.Payload).Split(',').Length));
    }

    [Fact]
    public async Task OuterGroupIsJoined_WhenTheInnerOneIs()
    {
        var inner = Guid.CreateVersion7();
        var outer = Guid.CreateVersion7();
        JobEnvelope sum = TestJobs.New("sum.job");
        await Store.EnqueueAsync(TestJobs.Many(2), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync();
        JobContribution Inner(int index) => new()
        {
            JoinId = inner,
            Index = index,
            Size = 2,
            Result = Json($"{index}"),
            Join = results => new JobFollowUp { Contribution = Contribution(outer, 0, 1, Array(results), sum) },
        };

        await Store.CompleteAsync([With(jobs[0], Inner(0)), With(jobs[1], Inner(1))], default);

        Assert.Equal("[[0,1]]", Text((await Store.TakeOneAsync()).Envelope.Payload));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("discard")]
    [InlineData("retry")]
    [InlineData("return")]
    [InlineData("dead letter")]
    [InlineData("rescue")]
    public async Task GroupIsForgotten_WhenAMemberNeverGivesAResult(string how)
    {
        var (group, outer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        JobEnvelope sum = TestJobs.New("sum.job");
        var around = new JobJoin { Id = outer, Index = 1, Size = 2, Continuation = new JobContinuation { Next = [new JobStep { Job = sum }] } };
        var join = new JobJoin { Id = group, Index = 1, Size = 2, Continuation = new JobContinuation { Join = around } };
        await Store.EnqueueAsync(TestJobs.Many(6), default);
        IReadOnlyList<LeasedJob> jobs = await Store.TakeAsync(6);
        await Store.ExtendAsync([.. jobs.Select(j => j.Lease)], TestJobs.Lease * 2, default);
        Guid member = await Store.AddAsync(TestJobs.New(maxAttempts: 1) with { Continuation = new JobContinuation { Join = join } });
        await Store.CompleteAsync([Part(jobs[0], group, 0, 2, sum), Part(jobs[1], outer, 0, 2, sum)], default);

        await EndWithoutResultAsync(member, how);
        await Store.CompleteAsync(
            [Part(jobs[2], group, 0, 2, sum, "3"), Part(jobs[3], group, 1, 2, sum, "4"), Part(jobs[4], outer, 0, 2, sum, "5")], default);

        Assert.Equal("[3,4]", Text((await Store.TakeOneAsync()).Envelope.Payload));
        Assert.Equal(how == "discard" ? null : JobState.Revoked, (await Store.FindAsync(member, default))?.State);
    }

    private async Task EndWithoutResultAsync(Guid member, string how)
    {
        JobLease lease = how == "revoke" ? default : (await Store.TakeOneAsync()).Lease;
        if (how != "discard")
            await Store.RevokeAsync([member], default);
        await (how switch
        {
            "discard" or "dead letter" => Store.DeadLetterAsync([new JobDeath(lease, DeadLetterReason.GivenUp, "no")], default).AsTask(),
            "retry" => Store.RetryAsync([new JobRetry(lease, TimeSpan.Zero, "no")], default).AsTask(),
            "return" => Store.ReturnAsync([lease], default).AsTask(),
            _ => Task.CompletedTask,
        });
        if (how == "discard")
            Assert.Equal([true], await Store.DiscardAsync([member], default));
        if (how == "rescue")
            Time.Advance(TestJobs.Lease);
        await Store.RescueAsync(10, default);
    }

    private static JobCompletion Part(LeasedJob job, Guid group, int index, int size, JobEnvelope sum, string result)
        => With(job, Contribution(group, index, size, result, sum));

    private static JobCompletion Part(LeasedJob job, Guid group, int index, int size, JobEnvelope sum)
        => With(job, Contribution(group, index, size, $"\"{index}\"", sum));

    private static JobCompletion With(LeasedJob job, JobContribution contribution)
        => new(job.Lease) { FollowUp = new JobFollowUp { Contribution = contribution } };

    private static JobContribution Contribution(Guid group, int index, int size, string result, JobEnvelope sum) => new()
    {
        JoinId = group,
        Index = index,
        Size = size,
        Result = Json(result),
        Join = results => new JobFollowUp { Jobs = [sum with { Payload = Json(Array(results)) }] },
    };

    private static string Array(IReadOnlyList<ReadOnlyMemory<byte>> results) => $"[{string.Join(',', results.Select(Text))}]";

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
