using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs.Snippets;

#region snippet: jobs-result
[Job("rows.import")]
public sealed class ImportRows : IJob<ImportRows.Args, int>
{
    public sealed record Args(string File);

    public Task<int> RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.FromResult(args.File.Length);
}
#endregion

#region snippet: jobs-sum
[Job("rows.sum")]
public sealed class SumRows : IJob<IReadOnlyList<int>, int>
{
    public Task<int> RunAsync(IReadOnlyList<int> args, JobContext context, CancellationToken cancellationToken) => Task.FromResult(args.Sum());
}
#endregion

[Job("rows.alert")]
public sealed class AlertJob : IJob<JobFailure>
{
    public Task RunAsync(JobFailure args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class CanvasSnippets
{
    [Fact]
    public async Task PlanRunsAsTheReadmeSays()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddProDevJobs()
            .AddJob<ImportRows, ImportRows.Args, int>(new JobDefinition("rows.import"), _ => new ImportRows())
            .AddJob<SumRows, IReadOnlyList<int>, int>(new JobDefinition("rows.sum"), _ => new SumRows())
            .AddJob<AlertJob, JobFailure>(new JobDefinition("rows.alert"), _ => new AlertJob())
            .AddWorker();
        using IHost host = builder.Build();
        await host.StartAsync();
        IJobClient jobs = host.Services.GetRequiredService<IJobClient>();
        string[] files = ["a", "bc"];
        CancellationToken ct = default;

        #region snippet: jobs-canvas
        Canvas plan = Canvas
            .Chord(files.Select(file => Canvas.Job(new ImportRows.Args(file))), Canvas.Job<SumRows>())     // SumRows gets the results
            .OnError(Canvas.Job<AlertJob>());                                                            // an IJob<JobFailure>, once
        CanvasHandle handle = await jobs.EnqueueCanvasAsync(plan, idempotencyKey: "import-2026-11-27", ct);
        int rows = await handle.ResultAsync<int>(ct);
        #endregion

        #region snippet: jobs-chunks
        IEnumerable<int> amounts = Enumerable.Range(1, 1000);
        Canvas sums = Canvas.Map<IReadOnlyList<int>>(amounts.Chunk(100)).Then(Canvas.Job<SumRows>());      // ten jobs, then the sum of their sums
        #endregion
        CanvasHandle total = await jobs.EnqueueCanvasAsync(sums, cancellationToken: ct);

        Assert.Equal(3, rows);
        Assert.Equal(500_500, await total.ResultAsync<int>(ct));
        await host.StopAsync(ct);
    }
}
