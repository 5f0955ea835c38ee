namespace ProDev.Jobs.Benchmarks;

/// <summary>Arguments of jobs.</summary>
internal static class Texts
{
    /// <summary>For what does not write: as good as no argument.</summary>
    public const string Short = "a";

    /// <summary>About as long, once it is stored, as the payload of the raw queues.</summary>
    public static readonly string OfPayloadSize = new('a', QueueCase.PayloadBytes - 10);
}
