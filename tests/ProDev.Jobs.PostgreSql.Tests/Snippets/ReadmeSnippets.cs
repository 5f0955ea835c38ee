using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs.PostgreSql.Tests;

namespace ProDev.Jobs.PostgreSql.Snippets;

[Trait("Requires", "PostgreSQL")]
public sealed class ReadmeSnippets : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly TempSchema _schema = new();

    public void Dispose() => _schema.Dispose();

    [Fact]
    public async Task JobRunsAsTheReadmeSays()
    {
        var greetings = new GreetJob.Greetings();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(greetings);
        string connectionString = TestPostgres.ConnectionString;

        #region snippet: jobs-postgresql-register
        builder.Services.AddProDevJobs()
            .UsePostgreSql(connectionString)
            .AddJobsFromThisAssembly()
            .AddWorker();
        #endregion

        builder.Services.Configure<PostgreSqlJobsOptions>(o => o.Schema = _schema.Name);
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IJobClient>().EnqueueAsync(new GreetJob.Args("Ada"));

        Assert.Equal("Hello, Ada!", await greetings.Said.Task.WaitAsync(Hang));
        await host.StopAsync();
    }
}
