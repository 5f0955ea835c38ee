using System.Globalization;
using System.Text;

namespace ProDev.Jobs.Conformance;

/// <summary>
/// Random changes of jobs with limits, against a model that does one thing at a time and looks at every job. A place or token that is lost, a job that is
/// forgotten at a limit, and one that is started too early are all seen.
/// </summary>
public abstract class StoreLimitModelTests : StoreTests
{
    private const int Steps = 250;
    private static readonly string[] Queues = ["a", "b", "c"];
    private static readonly JobGroup[] Groups = [new("g0", 1), new("g1", 1), new("g2", 2)];
    private static readonly JobRate[] Rates = [JobRate.Parse("1/s"), JobRate.Parse("2/s", burst: 3)];

    private readonly Dictionary<Guid, ModelJob> _jobs = [];
    private readonly Dictionary<string, JobRateBucket> _buckets = [];
    private readonly HashSet<string> _paused = [];
    private readonly List<string> _log = [];
    private int _number;

    /// <summary>With one kind of limit, a fetch gives exactly the jobs that come first.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task FetchGivesTheFirstThatMayStart_WhateverHappenedToJobsOfGroups(int seed) => RunAsync(seed, hasRates: false, CheckOrder);

    /// <summary>A job with two limits may be called while others are taken, so only their number is sure: no fetch leaves one that may start.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task FetchLeavesNoneThatMayStart_WhateverHappenedToJobsOfGroupsAndRates(int seed) => RunAsync(seed, hasRates: true, CheckNumber);

    private async Task RunAsync(int seed, bool hasRates, Action<string[], int, IReadOnlyList<ModelJob>> check)
    {
        var random = new Random(seed);
        for (int step = 0; step < Steps; step++)
        {
            await ChangeAsync(random, hasRates);
            if (random.Next(3) == 0)
                await FetchAsync([.. Queues.OrderBy(_ => random.Next()).Take(random.Next(1, 4))], random.Next(1, 8), check);
        }

        foreach (string queue in _paused)
            await Store.ResumeAsync(queue, default);
        _paused.Clear();
        while (_jobs.Values.Any(static j => !j.HasEnded))
        {
            await FetchAsync(Queues, 100, check);
            foreach (ModelJob job in Running())
                await CompleteAsync(job);
            Advance(TimeSpan.FromSeconds(1));
        }

        JobCounts counts = await Store.CountAsync(default);
        Assert.Equal(0, counts.Queued + counts.Running + counts.Scheduled);
    }

    private async Task ChangeAsync(Random random, bool hasRates)
    {
        ModelJob[] running = Running();
        ModelJob? held = running.Length == 0 ? null : running[random.Next(running.Length)];
        ModelJob[] waiting = [.. _jobs.Values.Where(static j => j.State is JobState.Queued or JobState.Scheduled)];
        ModelJob[] dead = [.. _jobs.Values.Where(static j => j.State == JobState.DeadLettered)];
        string queue = Queues[random.Next(Queues.Length)];
        switch (random.Next(16))
        {
            case < 5:
                await EnqueueAsync([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Create(random, queue, hasRates))]);
                break;
            case 5 or 6 when held is not null:
                await CompleteAsync(held);
                break;
            case 7 when held is not null:
                TimeSpan delay = TimeSpan.FromMilliseconds(random.Next(3) * 700);
                Log($"retry {held} after {delay}");
                Assert.Equal([true], await Store.RetryAsync([new JobRetry(held.Lease!.Value, delay, "x") { IsUncharged = true }], default));
                held.Wait(Time.GetUtcNow() + delay, Time.GetUtcNow());
                break;
            case 8 when held is not null:
                Log($"return {held}");
                Assert.Equal([true], await Store.ReturnAsync([held.Lease!.Value], default));
                held.State = JobState.Queued;
                break;
            case 9 when held is not null:
                Log($"bury {held}");
                Assert.Equal([true], await Store.DeadLetterAsync([new JobDeath(held.Lease!.Value, DeadLetterReason.GivenUp, "x")], default));
                held.State = JobState.DeadLettered;
                break;
            case 10 when waiting.Length > 0:
                ModelJob revoked = waiting[random.Next(waiting.Length)];
                Log($"revoke {revoked}");
                Assert.Equal([JobRevocation.Revoked], await Store.RevokeAsync([revoked.Id], default));
                revoked.State = JobState.Revoked;
                break;
            case 11 when dead.Length > 0:
                ModelJob risen = dead[random.Next(dead.Length)];
                Log($"replay {risen}");
                Assert.Equal([true], await Store.ReplayAsync([risen.Id], default));
                risen.Wait(Time.GetUtcNow(), Time.GetUtcNow());
                break;
            case 12:
                Log($"{(_paused.Contains(queue) ? "resume" : "pause")} {queue}");
                Assert.True(_paused.Remove(queue) ? await Store.ResumeAsync(queue, default) : await Store.PauseAsync(queue, default) && _paused.Add(queue));
                break;
            case 13:
                Advance(TestJobs.Lease);
                Log("rescue");
                Assert.Equal(running.Length, (await Store.RescueAsync(100, default)).Count);
                foreach (ModelJob job in running)
                    job.State = JobState.Queued;
                break;
            default:
                Advance(TimeSpan.FromMilliseconds(random.Next(1, 900)));
                break;
        }
    }

    private static JobEnvelope Create(Random random, string queue, bool hasRates)
    {
        JobEnvelope job = TestJobs.New(queue: queue, priority: random.Next(3), maxAttempts: 1000, delay: TimeSpan.FromMilliseconds(random.Next(3) * 400));
        int rate = hasRates ? random.Next(4) : 2;
        job = job with
        {
            Group = random.Next(4) is < 3 and var g ? Groups[g] : null,
            Rate = rate < 2 ? Rates[rate] : null,
            RateKey = rate < 2 ? string.Create(CultureInfo.InvariantCulture, $"r{rate}") : null,
        };
        return random.Next(4) > 0 ? job : job with
        {
            Unique = new JobUniqueKey { Key = string.Create(CultureInfo.InvariantCulture, $"u{random.Next(4)}"), OnConflict = (JobConflict)random.Next(3) },
        };
    }

    private async Task EnqueueAsync(JobEnvelope[] jobs)
    {
        DateTimeOffset now = Time.GetUtcNow();
        IReadOnlyList<EnqueuedJob> answers = await Store.EnqueueAsync(jobs, default);
        for (int i = 0; i < jobs.Length; i++)
        {
            if (answers[i].Outcome == EnqueueOutcome.Enqueued)
                _jobs.Add(jobs[i].Id, new ModelJob(jobs[i].Id, _number++) { Envelope = jobs[i] });
            ModelJob job = _jobs[answers[i].Id];
            if (answers[i].Outcome == EnqueueOutcome.Replaced)
                job.Envelope = jobs[i];
            if (answers[i].Outcome != EnqueueOutcome.Existed)
                job.Wait(now + jobs[i].Delay, now);
            Log($"{answers[i].Outcome} {job} delay {jobs[i].Delay.TotalMilliseconds}");
        }
    }

    private async Task CompleteAsync(ModelJob job)
    {
        Log($"complete {job}");
        Assert.Equal([true], await Store.CompleteAsync([job.Lease!.Value], default));
        job.State = JobState.Succeeded;
    }

    private async Task FetchAsync(string[] queues, int maximum, Action<string[], int, IReadOnlyList<ModelJob>> check)
    {
        IReadOnlyList<LeasedJob> leased = await Store.TakeAsync(maximum, queues);
        ModelJob[] taken = [.. leased.Select(j => _jobs[j.Lease.JobId])];
        Log($"fetch {maximum} of {string.Join(',', queues)}: {string.Join<ModelJob>(' ', taken)}");
        foreach (ModelJob due in _jobs.Values.Where(j => j.State == JobState.Scheduled && j.RunAt <= Time.GetUtcNow()))
            due.State = JobState.Queued;
        check(queues, maximum, taken);
        foreach (LeasedJob job in leased)
            _jobs[job.Lease.JobId].Lease = job.Lease;
    }

    private void CheckOrder(string[] queues, int maximum, IReadOnlyList<ModelJob> taken)
    {
        ModelJob[] expected = [.. InOrder(queues).Where(TryStart).Take(maximum)];
        Assert.True(expected.SequenceEqual(taken), $"Expected: {string.Join<ModelJob>(' ', expected)}\n{string.Join('\n', _log)}");
    }

    private void CheckNumber(string[] queues, int maximum, IReadOnlyList<ModelJob> taken)
    {
        Assert.All(taken, j => Assert.True(InOrder(queues).Contains(j) && TryStart(j), $"{j} may not start.\n{string.Join('\n', _log)}"));
        ModelJob? left = taken.Count == maximum ? null : InOrder(queues).FirstOrDefault(TryStart);
        Assert.True(left is null, $"{left} was left.\n{string.Join('\n', _log)}");
    }

    private IEnumerable<ModelJob> InOrder(string[] queues) => queues.Where(q => !_paused.Contains(q)).SelectMany(q => _jobs.Values
        .Where(j => j.State == JobState.Queued && j.Envelope.Queue == q)
        .OrderByDescending(static j => j.Envelope.Priority).ThenBy(static j => j.RunAt).ThenBy(static j => j.Number).ToArray());

    /// <summary>Starts a job in the model.</summary>
    private bool TryStart(ModelJob job)
    {
        DateTimeOffset now = Time.GetUtcNow();
        if (job.Envelope.Group is { } group && Running().Count(j => j.Envelope.Group?.Key == group.Key) >= group.Limit)
            return false;
        if (job.Envelope.Rate is { } rate)
        {
            JobRateBucket bucket = _buckets.GetValueOrDefault(job.Envelope.RateKey!, new JobRateBucket(rate.Interval, rate.Burst, now));
            if (bucket.Available(now) == 0)
                return false;
            _buckets[job.Envelope.RateKey!] = bucket.Take(now);
        }

        job.State = JobState.Running;
        return true;
    }

    private ModelJob[] Running() => [.. _jobs.Values.Where(static j => j.State == JobState.Running)];

    private void Advance(TimeSpan by)
    {
        Log($"advance {by.TotalMilliseconds}");
        Time.Advance(by);
    }

    private void Log(string line) => _log.Add(line);

    private sealed class ModelJob(Guid id, int number)
    {
        public Guid Id { get; } = id;

        public int Number { get; } = number;

        public required JobEnvelope Envelope { get; set; }

        public JobState State { get; set; }

        public DateTimeOffset RunAt { get; set; }

        public JobLease? Lease { get; set; }

        public bool HasEnded => State is JobState.Succeeded or JobState.DeadLettered or JobState.Revoked;

        public void Wait(DateTimeOffset runAt, DateTimeOffset now) => (RunAt, State) = (runAt, runAt > now ? JobState.Scheduled : JobState.Queued);

        public override string ToString()
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"#{Number}({Envelope.Queue}{Envelope.Priority}");
            return text.Append(CultureInfo.InvariantCulture, $" {Envelope.Group?.Key} {(Envelope.Rate is null ? "" : Envelope.RateKey)})").ToString();
        }
    }
}
