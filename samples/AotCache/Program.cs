using System.Diagnostics;
using AotCache;
using Microsoft.Extensions.DependencyInjection;

// 1. A cache, and a service whose interface says what is cached. The decorator was written when this program was compiled.
var source = new Countries();
var services = new ServiceCollection();
services.AddProDevCaching();
services.AddSingleton<ICountries>(source).DecorateWithCache<ICountries>();
await using var provider = services.BuildServiceProvider();
var countries = provider.GetRequiredService<ICountries>();

// 2. The first question reads the file, the second finds the answer.
var country = args.Length > 0 ? args[0] : "FR";
for (var question = 1; question <= 2; question++)
{
    var start = Stopwatch.GetTimestamp();
    var summary = await countries.SummaryAsync(country);
    var elapsed = Stopwatch.GetElapsedTime(start);
    Console.WriteLine($"{summary.Country}: {summary.Cities} cities, the northernmost is {summary.Northernmost ?? "unknown"} ({elapsed.TotalMilliseconds:0.00} ms)");
}

// 3. What it cost.
Console.WriteLine($"The file was read {source.Reads} time(s).");
return source.Reads <= 1 ? 0 : 1;
