using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

public sealed class SqliteShop : ShopDatabase
{
    private readonly string _directory = Directory.CreateTempSubdirectory("prodev-jobs-ef-").FullName;

    private string File => Path.Combine(_directory, "shop.db");

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override IProDevJobsBuilder UseJobs(IProDevJobsBuilder builder) => builder.UseSqlite(File);

    protected override void UseDatabase(DbContextOptionsBuilder options, bool retries)
        => options.UseSqlite($"Data Source={File};Pooling=False", o =>
        {
            if (retries)
                o.ExecutionStrategy(static d => new RetryingStrategy(d));
        });

    protected override Task DropAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }
}
