namespace ProDev.Jobs.Tests;

/// <summary>A scoped service that tells when its scope ends.</summary>
public sealed class ScopeProbe : IAsyncDisposable
{
    public bool Disposed { get; private set; }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
