namespace ProDev.Jobs.Sqlite.Snippets;

[Job("snippets.charge")]
public sealed class ChargeOrder : IJob<ChargeOrder.Args>
{
    public sealed record Args(int OrderId);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
