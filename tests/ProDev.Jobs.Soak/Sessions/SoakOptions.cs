using System.Globalization;

namespace ProDev.Jobs.Soak;

/// <summary>What the long run is told on its command line.</summary>
public sealed record SoakOptions
{
    public const string Verb = "soak";

    /// <summary>No fault is begun later than this after the start, but in the first round all are.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where random numbers begin.</summary>
    public required int Seed { get; init; }

    /// <summary>The folder of the report.</summary>
    public string Output { get; init; } = "artifacts/soak";

    /// <summary>The name of the only fault; <see langword="null"/> for all.</summary>
    public string? Fault { get; init; }

    /// <summary>The only store; <see langword="null"/> for all.</summary>
    public string? Store { get; init; }

    /// <exception cref="FormatException">A word is not understood; the message says which, and what is.</exception>
    public static SoakOptions Parse(IReadOnlyList<string> words)
    {
        var options = new SoakOptions { Seed = Random.Shared.Next() };
        foreach (string[] pair in words.Chunk(2))
        {
            string value = pair.Length == 2 ? pair[1] : throw Fail($"'{pair[0]}' needs a value.");
            options = pair[0] switch
            {
                "--minutes" => options with { Duration = TimeSpan.FromMinutes(Number(pair[0], value)) },
                "--seed" => options with { Seed = Number(pair[0], value) },
                "--output" => options with { Output = value },
                "--fault" => options with { Fault = OneOf(pair[0], value, FaultCatalog.All.Select(static f => f.Name)) },
                "--store" => options with { Store = OneOf(pair[0], value, [SqliteSoakStore.Name, PostgreSqlSoakStore.Name]) },
                _ => throw Fail($"'{pair[0]}' is not known. Allowed are --minutes, --seed, --output, --fault and --store, each with a value."),
            };
        }

        return options;
    }

    private static int Number(string name, string value)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Fail($"{name} is '{value}'. Set it to a whole number, 0 or more.");

    private static string OneOf(string name, string value, IEnumerable<string> allowed)
        => allowed.Contains(value, StringComparer.Ordinal) ? value : throw Fail($"{name} is '{value}'. Allowed are {string.Join(", ", allowed)}.");

    private static FormatException Fail(string message) => new(message);
}
