using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>The command line of a benchmark project.</summary>
/// <param name="Output">Where the results go; null only with <paramref name="List"/>.</param>
/// <param name="Suites">The suites to measure.</param>
/// <param name="List">Print the suites instead of measuring them.</param>
internal sealed record BenchmarkArguments(string? Output, IReadOnlyList<string> Suites, bool List)
{
    private const string Usage = "Usage: --output FILE [--suite NAME]... [--list]";

    /// <exception cref="BenchmarkException">An option or a suite is unknown, or a value is missing.</exception>
    public static BenchmarkArguments Parse(IReadOnlyList<string> arguments, IReadOnlyList<string> suites)
    {
        string? output = null;
        var list = false;
        var chosen = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--output":
                    output = Value(arguments, ref i);
                    break;
                case "--suite":
                    chosen.Add(Known(Value(arguments, ref i), suites));
                    break;
                case "--list":
                    list = true;
                    break;
                default:
                    throw new BenchmarkException($"The argument \"{arguments[i]}\" is unknown. {Usage}");
            }
        }

        return output is null && !list
            ? throw new BenchmarkException($"The argument --output is missing. {Usage}")
            : new BenchmarkArguments(output, chosen.Count > 0 ? chosen : suites, list);
    }

    private static string Value(IReadOnlyList<string> arguments, ref int i) =>
        ++i < arguments.Count ? arguments[i] : throw new BenchmarkException($"The argument \"{arguments[i - 1]}\" needs a value. {Usage}");

    private static string Known(string suite, IReadOnlyList<string> suites) =>
        suites.FirstOrDefault(s => s.Equals(suite, StringComparison.OrdinalIgnoreCase))
        ?? throw new BenchmarkException($"There is no suite \"{suite}\". Suites: {string.Join(", ", suites)}.");
}
