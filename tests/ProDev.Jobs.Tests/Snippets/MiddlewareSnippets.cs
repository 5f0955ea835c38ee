using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Tests;

namespace ProDev.Jobs.Snippets;

public sealed class Tenant
{
    public string? Name { get; set; }
}

#region snippet: jobs-middleware
public sealed class TenantMiddleware(Tenant tenant) : IJobMiddleware
{
    public async Task InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        tenant.Name = context.Queue;                                   // the job gets the same scoped Tenant
        await next(cancellationToken).ConfigureAwait(false);
    }
}
#endregion

public sealed class MiddlewareSnippets
{
    [Fact]
    public async Task MiddlewareSetsTheTenant_AsTheReadmeSays()
    {
        var tenant = new Tenant();
        await using JobHost host = await JobHost.CreateAsync(configure: jobs =>
        {
            jobs.Services.AddSingleton(tenant);
            jobs.AddJobMiddleware<TenantMiddleware>();
        });

        await host.UntilAsync(await host.EnqueueAsync(), JobState.Succeeded);

        Assert.Equal("default", tenant.Name);
    }
}
