using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProDev.Jobs.Snippets;

public sealed class HealthSnippets
{
    [Fact]
    public async Task ReportsAsTheReadmeSays()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddProDevJobs();

        #region snippet: jobs-health
        services.AddHealthChecks()
            .AddProDevJobs(limits => limits.MaxDeadLetters = 10, tags: ["ready"]);
        #endregion

        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(0L, report.Entries["prodev-jobs"].Data["deadLettered"]);
    }
}
