namespace ProDev.Jobs.Conformance;

/// <summary>Returns the sum of its two numbers.</summary>
[Job("canvas.add", MaxAttempts = 3)]
public sealed class AddJob : IJob<AddJob.Args, int>
{
    public sealed record Args(int X, int Y);

    public Task<int> RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.FromResult(args.X + args.Y);
}

/// <summary>Returns twice its number.</summary>
[Job("canvas.double")]
public sealed class DoubleJob : IJob<int, int>
{
    public Task<int> RunAsync(int args, JobContext context, CancellationToken cancellationToken) => Task.FromResult(2 * args);
}

/// <summary>Returns the sum of its list.</summary>
[Job("canvas.sum")]
public sealed class SumJob : IJob<int[], int>
{
    public Task<int> RunAsync(int[] args, JobContext context, CancellationToken cancellationToken) => Task.FromResult(args.Sum());
}

/// <summary>Returns its list as text.</summary>
[Job("canvas.join")]
public sealed class JoinJob : IJob<IReadOnlyList<int>, string>
{
    public Task<string> RunAsync(IReadOnlyList<int> args, JobContext context, CancellationToken cancellationToken)
        => Task.FromResult(string.Join(' ', args));
}

/// <summary>Returns whatever it gets, as text.</summary>
[Job("canvas.nested")]
public sealed class NestedSumJob : IJob<System.Text.Json.JsonElement[], string>
{
    public Task<string> RunAsync(System.Text.Json.JsonElement[] args, JobContext context, CancellationToken cancellationToken)
        => Task.FromResult(string.Join(',', args.Select(a => a.GetRawText())));
}

/// <summary>Writes down the number that it gets.</summary>
[Job("canvas.note")]
public sealed class NoteJob(Script script) : IJob<long>
{
    public Task RunAsync(long args, JobContext context, CancellationToken cancellationToken)
    {
        script.Notes.Enqueue(args);
        return Task.CompletedTask;
    }
}

/// <summary>Writes down failures.</summary>
[Job("canvas.failure")]
public sealed class FailureJob(Script script) : IJob<JobFailure>
{
    public Task RunAsync(JobFailure args, JobContext context, CancellationToken cancellationToken)
    {
        script.Failures.Enqueue(args);
        return Task.CompletedTask;
    }
}
