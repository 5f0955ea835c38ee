using Microsoft.Extensions.Logging;

namespace ProDev.Jobs.Conformance;

/// <summary>Logging whose every entry of the worker throws, as providers do when their disk is full. The host's own entries pass.</summary>
internal sealed class BrokenLogging : ILoggerFactory, ILogger
{
    private bool _throws;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This logging takes no providers.");

    public ILogger CreateLogger(string categoryName)
        => new BrokenLogging { _throws = categoryName.StartsWith("ProDev.", StringComparison.Ordinal) };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_throws)
            throw new IOException("No space left on device.");
    }

    public void Dispose()
    {
    }
}
