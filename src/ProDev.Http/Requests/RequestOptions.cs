using System.Runtime.CompilerServices;

namespace ProDev.Http;

/// <summary>
/// Looks at the options of a request without making them. The property makes them when it is read, a hundred bytes for each call, and most requests have none.
/// </summary>
internal static class RequestOptions
{
    private static readonly bool LooksInside = CanLook();

    /// <summary>Gets the options of a request; null if nobody has asked for them, so that there are none.</summary>
    public static HttpRequestOptions? Of(HttpRequestMessage request) => LooksInside ? Field(request) : request.Options;

    // The field is the framework's own. Where it should be another one day, the property answers as well, and costs what it costs.
    private static bool CanLook()
    {
        try
        {
            using var request = new HttpRequestMessage();
            return Field(request) is null && ReferenceEquals(request.Options, Field(request));
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_options")]
    private static extern ref HttpRequestOptions? Field(HttpRequestMessage request);
}
