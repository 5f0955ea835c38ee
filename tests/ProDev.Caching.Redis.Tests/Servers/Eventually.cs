namespace ProDev.Caching.Redis.Tests;

/// <summary>Asks again and again for what has no signal of its own. The patience only ends a test that fails.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(RedisNode.Patience);
        while (!await condition())
            patience.Token.ThrowIfCancellationRequested();
    }
}
