namespace ProDev.Retry.Tests;

/// <summary>An operation that plays one step for each attempt, and the last one for all that follow.</summary>
internal sealed class Script(params Func<int>[] steps)
{
    public int Attempts { get; private set; }

    public static Func<int> Fails(string message = "down") => () => throw new IOException(message);

    public static Func<int> Throws(Exception exception) => () => throw exception;

    public static Func<int> Returns(int value) => () => value;

    public int Next() => steps[Math.Min(Attempts++, steps.Length - 1)]();

    public ValueTask<int> RunAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Next());

    /// <summary>Completes later, on another thread.</summary>
    public async ValueTask<int> RunLaterAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Next();
    }
}
