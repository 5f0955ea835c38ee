using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs.EntityFrameworkCore.Tests;

namespace ProDev.Jobs.EntityFrameworkCore.Snippets;

public sealed class ReadmeSnippets : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("prodev-jobs-ef-readme-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task JobsRunAsTheReadmeSays()
    {
        string path = Path.Combine(_directory, "shop.db");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);

        #region snippet: jobs-ef-register
        builder.Services.AddProDevJobs().UseSqlite(path).AddJobsFromThisAssembly().AddWorker();
        builder.Services.AddDbContext<ShopContext>(o => o.UseSqlite($"Data Source={path}").UseProDevJobs());
        #endregion

        using IHost host = builder.Build();
        await host.StartAsync();
        await using (AsyncServiceScope scope = host.Services.CreateAsyncScope())
        {
            ShopContext db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE Orders (Id TEXT PRIMARY KEY, Note TEXT NOT NULL)");
            var order = new Order { Id = "a" };

            #region snippet: jobs-ef-enqueue
            db.Orders.Add(order);
            JobHandle handle = await db.EnqueueAsync(new ChargeOrder.Args(order.Id));
            await db.SaveChangesAsync();   // the order and its job, or neither
            #endregion

            Assert.Equal(JobState.Succeeded, (await handle.WaitAsync().WaitAsync(Hang)).State);
        }

        await using (AsyncServiceScope scope = host.Services.CreateAsyncScope())
        {
            ShopContext db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            var order = new Order { Id = "b" };
            JobHandle never;

            #region snippet: jobs-ef-transaction
            await using (IDbContextTransaction transaction = await db.Database.BeginTransactionAsync())
            {
                never = await db.EnqueueAsync(new ChargeOrder.Args(order.Id));   // written at once
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                await transaction.RollbackAsync();   // and gone again
            }
            #endregion

            Assert.Null(await host.Services.GetRequiredService<IJobClient>().FindAsync(never.Id));
        }

        await host.StopAsync();
    }
}
