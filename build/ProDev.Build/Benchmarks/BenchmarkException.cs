namespace ProDev.Build;

/// <summary>Benchmarks cannot be run or judged: an unknown filter, a malformed file, a result that is not there.</summary>
public sealed class BenchmarkException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what to do next.</param>
    public BenchmarkException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What failed and what to do next.</param>
    /// <param name="innerException">The cause.</param>
    public BenchmarkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
