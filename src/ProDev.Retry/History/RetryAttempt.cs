using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>One attempt in a <see cref="RetryHistory"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct RetryAttempt
{
    internal RetryAttempt(int number, TimeSpan delay, Exception? exception)
    {
        Number = number;
        Delay = delay;
        Exception = exception;
    }

    /// <summary>Gets its number: 1 for the first.</summary>
    public int Number { get; }

    /// <summary>Gets the delay that followed it; zero for the last.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Gets what it threw; null if it returned a result that was refused.</summary>
    public Exception? Exception { get; }
}
