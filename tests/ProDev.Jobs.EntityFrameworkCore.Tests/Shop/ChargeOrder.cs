namespace ProDev.Jobs.EntityFrameworkCore.Tests;

[Job("shop.charge")]
public sealed class ChargeOrder : IJob<ChargeOrder.Args>
{
    public sealed record Args(string OrderId);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
