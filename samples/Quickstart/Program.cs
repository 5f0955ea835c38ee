// Four packages on real data, with no server and no configuration. README.md says what to look at.

using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs;
using Quickstart;
using Quickstart.Catalog;
using Quickstart.Data;
using Quickstart.Import;
using Quickstart.Paging;
using Quickstart.Reporting;
using Quickstart.Weather;

const int Broken = 1;
const int WrongUsage = 2;
const int Interrupted = 130;

// Names of cities come in every script.
Console.OutputEncoding = Encoding.UTF8;

var commandLine = CommandLine.Read(args);
if (commandLine.Help)
{
    Console.WriteLine(CommandLine.HelpText);
    return 0;
}

if (commandLine.Error is { } error)
{
    Console.Error.WriteLine($"{error} See --help.");
    return WrongUsage;
}

try
{
    // The data files are checked before anything is written.
    var gazetteer = Gazetteer.Open(Path.Combine(AppContext.BaseDirectory, "data"));
    using var files = AtlasFiles.Choose(commandLine.Database);

    var builder = Host.CreateEmptyApplicationBuilder(settings: null);
    builder.Services.AddAtlas(gazetteer, files);
    using var host = builder.Build();
    await host.Services.PrepareAtlasAsync(files);

    // From here on Ctrl+C ends the program gracefully: running jobs finish, the others wait in the store for the next run.
    await host.StartAsync();
    var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    try
    {
        await using var scope = host.Services.CreateAsyncScope();
        var report = scope.ServiceProvider.GetRequiredService<Report>();

        // 1. Import all countries into SQLite: a durable job each, in parallel, each with its effect exactly once.
        await report.StepAsync("1. Durable jobs", scope.ServiceProvider.GetRequiredService<ImportStep>().RunAsync, stopping);

        // 2. Page through a country with signed cursors that seek.
        await report.StepAsync("2. Keyset pages", scope.ServiceProvider.GetRequiredService<PagingStep>().RunAsync, stopping);

        // 3. Ask a cached catalog the same question again and again.
        await report.StepAsync("3. Caching", scope.ServiceProvider.GetRequiredService<CatalogStep>().RunAsync, stopping);

        // 4. Ask a service that fails now and then.
        await report.StepAsync("4. Retries", scope.ServiceProvider.GetRequiredService<WeatherStep>().RunAsync, stopping);

        // 5. Tell what happened, and whether everything that was promised holds.
        return report.Print(files) ? 0 : Broken;
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        Console.Error.WriteLine(files.IsTemporary
            ? "Stopped. The temporary database is deleted."
            : $"Stopped. Run again with --database {commandLine.Database} to go on.");
        return Interrupted;
    }
    finally
    {
        await host.StopAsync();
    }
}
catch (Exception e) when (e is GazetteerException or AtlasFileException or JobStoreException)
{
    Console.Error.WriteLine(e.Message);
    return Broken;
}
