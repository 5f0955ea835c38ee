namespace ProDev.Caching.Tests;

/// <summary>Answers its own number, and refuses when it is disposed.</summary>
public sealed class RefreshedQuotes(int number) : IRefreshedQuotes
{
    public int Loads { get; private set; }

    public bool IsDisposed { get; private set; }

    public ValueTask<int> QuoteAsync(string country, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Loads++;
        return new ValueTask<int>(number);
    }

    public void Dispose() => IsDisposed = true;
}
