namespace ProDev.Jobs;

/// <summary>What is wrong with a plan.</summary>
internal static class CanvasFault
{
#pragma warning disable MA0015, CA2208 // Named after the parameter of the method that the application called.
    public static ArgumentException Of(string message) => new(message, "canvas");
#pragma warning restore MA0015, CA2208
}
