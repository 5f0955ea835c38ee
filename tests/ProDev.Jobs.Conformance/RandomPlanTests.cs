using System.Text.Json;

namespace ProDev.Jobs.Conformance;

/// <summary>Plans of any shape give the result that their shape says, however often their jobs fail on the way.</summary>
public abstract class RandomPlanTests : HostedTests
{
    private const int Plans = 40;

    [Fact]
    public async Task ResultIsThatOfThePlan_WhateverItsShape()
    {
        var random = new Random(20261127);
        await StartAsync(o => o.Concurrency = 8);
        var handles = new List<(CanvasHandle Handle, string Expected)>();
        for (int i = 0; i < Plans; i++)
        {
            Func<string, string> expected = Draw(random, depth: 4, isFirst: true, out Canvas plan);
            handles.Add((await Client.EnqueueCanvasAsync(plan, i % 2 == 0 ? $"plan {i}" : null), expected("null")));
        }

        foreach ((CanvasHandle handle, string expected) in handles)
        {
            Task<JsonElement> result = handle.ResultAsync<JsonElement>();
            await UntilAsync(() => Task.FromResult(result.IsCompleted), TimeSpan.FromMilliseconds(20), () => expected);
            Assert.Equal(expected, (await result).GetRawText());
        }

        await UntilAsync(async () => (await Client.CountAsync()).Pending == 0, TimeSpan.FromMilliseconds(20));
        Assert.Equal(0, (await Client.CountAsync()).DeadLettered);
    }

    /// <summary>Returns what the part makes of its input.</summary>
    private static Func<string, string> Draw(Random random, int depth, bool isFirst, out Canvas plan)
    {
        switch (depth == 0 ? 0 : random.Next(4))
        {
            case 1:
                Func<string, string>[] steps = Parts(random, random.Next(1, 4), depth, (i, _) => isFirst && i == 0, out Canvas[] chain);
                plan = Canvas.Chain(chain);
                return input => steps.Aggregate(input, (value, step) => step(value));
            case 2:
                Func<string, string>[] members = Parts(random, random.Next(1, 4), depth, (_, _) => isFirst, out Canvas[] group);
                plan = Canvas.Group(group);
                return input => $"[{string.Join(',', members.Select(m => m(input)))}]";
            case 3 when random.Next(4) == 0:
                Func<string, string> guarded = Draw(random, depth - 1, isFirst, out Canvas part);
                plan = part.OnError(Canvas.Job<FailureJob>());
                return guarded;
            default:
                int number = random.Next(100);
                bool hasArguments = isFirst || random.Next(4) == 0;
                JobCanvas job = hasArguments ? Canvas.Job<WrapJob, JsonElement[]>([JsonSerializer.SerializeToElement(number)]) : Canvas.Job<WrapAnyJob>();
                plan = random.Next(3) == 0 ? job.OnSuccess(Canvas.Job<WrapAnyJob>()) : job;
                return input => hasArguments ? $"[{number}]" : $"{{\"in\":{input}}}";
        }
    }

    private static Func<string, string>[] Parts(Random random, int count, int depth, Func<int, int, bool> isFirst, out Canvas[] parts)
    {
        var made = new Canvas[count];
        var results = new Func<string, string>[count];
        for (int i = 0; i < count; i++)
            results[i] = Draw(random, depth - 1, isFirst(i, count), out made[i]);
        parts = made;
        return results;
    }
}

/// <summary>Returns its arguments; every third run fails first.</summary>
[Job("canvas.wrap", MaxAttempts = 30)]
public sealed class WrapJob : IJob<JsonElement[], JsonElement[]>
{
    public Task<JsonElement[]> RunAsync(JsonElement[] args, JobContext context, CancellationToken cancellationToken)
        => WrapAnyJob.Fails(context) ? throw new JobRetryException(TimeSpan.Zero, "not yet") : Task.FromResult(args);
}

/// <summary>Returns its arguments as a member of an object; every third run fails first.</summary>
[Job("canvas.wrap-any", MaxAttempts = 30)]
public sealed class WrapAnyJob : IJob<WrapAnyJob.Any, Dictionary<string, JsonElement>>
{
    public Task<Dictionary<string, JsonElement>> RunAsync(Any args, JobContext context, CancellationToken cancellationToken)
        => Fails(context)
            ? throw new JobRetryException(TimeSpan.Zero, "not yet")
            : Task.FromResult(new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["in"] = args.Value });

    internal static bool Fails(JobContext context) => (context.Id.GetHashCode() + context.Attempt) % 3 == 0;

    /// <summary>Any JSON.</summary>
    [System.Text.Json.Serialization.JsonConverter(typeof(AnyConverter))]
    public sealed record Any(JsonElement Value);

    public sealed class AnyConverter : System.Text.Json.Serialization.JsonConverter<Any>
    {
        public override Any Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, Any value, JsonSerializerOptions options) => value.Value.WriteTo(writer);
    }
}
