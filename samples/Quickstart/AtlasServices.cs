using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quickstart.Catalog;
using Quickstart.Data;
using Quickstart.Import;
using Quickstart.Model;
using Quickstart.Paging;
using Quickstart.Reporting;
using Quickstart.Weather;
using Spectre.Console;

namespace Quickstart;

/// <summary>Everything the program is made of.</summary>
internal static class AtlasServices
{
    // One process owns the job store, so a short lease costs little: the jobs of a killed run come back soon.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    private const int RedirectedWidth = 120;

    public static void AddAtlas(this IServiceCollection services, Gazetteer gazetteer, AtlasFiles files)
    {
        services.AddSingleton(gazetteer).AddSingleton(files).AddSingleton(TimeProvider.System).AddSingleton(OutputConsole());
        services.AddDbContextFactory<AtlasDb>(options => options.UseSqlite($"Data Source={files.Database}"));

        // Durable jobs: AddJobsFromThisAssembly is generated and finds ImportCountry by its [Job].
        services.AddProDevJobs(options => options.Retention = Timeout.InfiniteTimeSpan)
            .UseSqlite(files.Jobs)
            .AddJobsFromThisAssembly()
            .AddWorker(options => options.Lease = Lease);

        // Repositories, specifications, signed cursors, and one unit of work over the DbContext.
        services.AddProDevRepositories<AtlasDb>();

        // Decorators: the cache is outside, so that a hit never reaches the retries.
        services.AddProDevRetry();
        services.AddProDevCaching();
        services.AddScoped<ICityCatalog, CityCatalog>()
            .DecorateWithRetry<ICityCatalog>()
            .DecorateWithCache<ICityCatalog>();
        services.AddScoped<IWeatherService, UnreliableWeatherService>()
            .DecorateWithRetry<IWeatherService>()
            .DecorateWithCache<IWeatherService>();

        services.AddSingleton<WriteTurn>().AddSingleton<ImportProgress>().AddSingleton<CallCounter>().AddSingleton<FailureSchedule>();
        services.AddScoped<BulkInsert>().AddScoped<ImportAudit>().AddScoped<Report>();
        services.AddScoped<ImportStep>().AddScoped<PagingStep>().AddScoped<CatalogStep>().AddScoped<WeatherStep>();
    }

    // A file or a pipe has no width of its own; the default of 80 letters would break the table's lines.
    private static IAnsiConsole OutputConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = RedirectedWidth;

        return console;
    }

    /// <summary>Makes the tables before any job runs.</summary>
    public static async Task PrepareAtlasAsync(this IServiceProvider services, AtlasFiles files)
    {
        await using var scope = services.CreateAsyncScope();
        await AtlasSchema.PrepareAsync(scope.ServiceProvider.GetRequiredService<AtlasDb>(), files.Database, CancellationToken.None);
    }
}
