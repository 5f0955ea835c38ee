namespace ProDev.Build;

/// <summary>The test services could not be started, stopped or asked. The message holds what the script said.</summary>
public sealed class ServicesException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what to do next.</param>
    public ServicesException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What failed and what to do next.</param>
    /// <param name="innerException">The cause.</param>
    public ServicesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
