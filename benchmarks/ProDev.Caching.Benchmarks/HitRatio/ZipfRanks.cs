namespace ProDev.Caching.Benchmarks;

/// <summary>Draws ranks from 0 so that rank r comes in proportion to 1 / (r + 1) ^ exponent. The seed decides all of them.</summary>
internal sealed class ZipfRanks
{
    private readonly double[] _sums;
    private ulong _state;

    public ZipfRanks(int count, double exponent, ulong seed)
    {
        _state = seed;
        _sums = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++)
            _sums[rank] = sum += Math.Pow(rank + 1, -exponent);
    }

    public int Next()
    {
        var found = Array.BinarySearch(_sums, Fraction() * _sums[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, _sums.Length - 1);
    }

    // Steele, Lea and Flood's SplitMix64, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014).
    private double Fraction()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
