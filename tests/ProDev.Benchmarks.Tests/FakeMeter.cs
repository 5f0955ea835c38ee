namespace ProDev.Benchmarks.Tests;

/// <summary>Meters that only the cases move.</summary>
internal sealed class FakeMeter : IMeter
{
    public static readonly Reading Zero = new(TimeSpan.Zero, TimeSpan.Zero, ServerCpu: null, 0);

    public Reading Now { get; set; } = Zero;

    public int Settled { get; private set; }

    public void Settle() => Settled++;

    public Reading Read() => Now;
}
