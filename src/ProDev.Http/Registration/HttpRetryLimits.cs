namespace ProDev.Http;

internal static class HttpRetryLimits
{
    /// <summary>24.8 days, the longest that <see cref="HttpClient.Timeout"/> takes.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);
}
