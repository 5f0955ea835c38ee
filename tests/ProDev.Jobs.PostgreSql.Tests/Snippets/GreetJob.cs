namespace ProDev.Jobs.PostgreSql.Snippets;

[Job("snippets.greet")]
public sealed class GreetJob(GreetJob.Greetings greetings) : IJob<GreetJob.Args>
{
    public sealed record Args(string Name);

    public sealed class Greetings
    {
        public TaskCompletionSource<string> Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        greetings.Said.TrySetResult($"Hello, {args.Name}!");
        return Task.CompletedTask;
    }
}
