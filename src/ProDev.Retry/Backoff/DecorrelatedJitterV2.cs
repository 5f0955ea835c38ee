namespace ProDev.Retry;

/// <summary>
/// George Polisson's formula, published for Polly as <c>DecorrelatedJitterBackoffV2</c> (github.com/App-vNext/Polly/issues/530): with t = attempt − 1 + random, f(t) =
/// 2^t × tanh(√(4t)), a delay is (f(t) − f of the delay before) / 1.4 times the base.
/// </summary>
internal static class DecorrelatedJitterV2
{
    private const double PFactor = 4;
    private const double ReciprocalOfTheMedian = 1 / 1.4;

    /// <summary>Returns the delay in units of the base delay. It is infinite once the power is.</summary>
    public static double Next(int attempt, double random, ref double previous)
    {
        var t = attempt - 1 + random;
        var next = Math.Pow(2, t) * Math.Tanh(Math.Sqrt(PFactor * t));
        if (double.IsInfinity(next))
            return double.PositiveInfinity;

        // Positive, because the function grows; a randomizer that goes from 1 to 0 makes it zero.
        var delay = Math.Max(0, next - previous) * ReciprocalOfTheMedian;
        previous = next;
        return delay;
    }
}
