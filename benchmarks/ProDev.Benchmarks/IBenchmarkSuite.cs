using ProDev.Build;

namespace ProDev.Benchmarks;

/// <summary>One question, with the cases that answer it measured together.</summary>
public interface IBenchmarkSuite
{
    /// <summary>What <c>--suite</c> and gates call it.</summary>
    string Name { get; }

    /// <summary>Measures all cases.</summary>
    /// <param name="package">The package without its prefix.</param>
    /// <param name="directory">Where the suite may leave files; it exists.</param>
    Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(string package, string directory);
}
