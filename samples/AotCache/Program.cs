using System.Diagnostics;
using AotCache;
using Microsoft.Extensions.DependencyInjection;

// 1. A cache, and a service whose interface says what is cached. The decorator was written when this program was compiled, and so was
//    the code that turns results into JSON for Redis: nothing is found by reflection.
var source = new Countries();
var services = new ServiceCollection();
var cache = services.AddProDevCaching().UseJsonSerializer(AtlasJson.Default.Options);
if (args is [_, var redis, ..])
    cache.UseRedis(redis);
services.AddSingleton<ICountries>(source).DecorateWithCache<ICountries>();
await using var provider = services.BuildServiceProvider();
var countries = provider.GetRequiredService<ICountries>();

// 2. The first question reads the file, or finds in Redis what another process has read; the second is answered from memory.
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
