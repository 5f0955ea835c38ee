using System.Numerics;

namespace ProDev.Retry;

/// <summary>
/// Outcomes of the last <see cref="CircuitBreakerOptions.SamplingDuration"/>, in ten buckets. Each core counts successes in a ring of its
/// own, so that callers on different cores write nothing that they share; failures are rare and have one ring.
/// </summary>
/// <remarks>
/// A bucket is one word: the number of its time slice and the count. Who finds an old slice replaces the word, so nobody has to sweep.
/// </remarks>
internal sealed class CallWindow
{
    private const int Buckets = 10;

    // Two cache lines to a ring: processors fetch lines in pairs.
    private const int RingLength = 16;
    private const int MostRings = 32;

    // 36 bits count 68 billion calls in a bucket; 28 bits of slices repeat after 62 days at the earliest.
    private const int CountBits = 36;
    private const long CountMask = (1L << CountBits) - 1;
    private const long SliceMask = (1L << (64 - CountBits)) - 1;

    // How many slices a caller can be held up between the clock and its bucket. More would be taken for an old bucket.
    private const int Late = 10 * Buckets;

    private static readonly int Rings = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MostRings));

    private readonly MonotonicClock _clock;
    private readonly long _sliceMilliseconds;
    private readonly long[] _successes = new long[(Rings + 1) * RingLength];
    private readonly long[] _failures = new long[RingLength];

    public CallWindow(MonotonicClock clock, TimeSpan duration)
    {
        _clock = clock;
        Duration = duration;
        _sliceMilliseconds = (long)Math.Ceiling(duration.TotalMilliseconds / Buckets);
    }

    public TimeSpan Duration { get; }

    public void AddSuccess()
    {
        var slice = Slice();
        // The ring at the start of the array, beside its length that everybody reads, stays unused.
        var ring = 1 + (Thread.GetCurrentProcessorId() & (Rings - 1));
        Add(ref _successes[(ring * RingLength) + (int)(slice % Buckets)], slice, 1);
    }

    public void AddFailure()
    {
        var slice = Slice();
        Add(ref _failures[slice % Buckets], slice, 1);
    }

    /// <summary>Takes over what another window counted, as if it had happened now.</summary>
    public void Adopt(CallWindow other)
    {
        var slice = Slice();
        var (successes, failures) = other.Totals();
        Add(ref _successes[RingLength + (int)(slice % Buckets)], slice, successes);
        Add(ref _failures[slice % Buckets], slice, failures);
    }

    public bool IsOver(double ratio, int minimumThroughput)
    {
        var slice = Slice();
        var failures = Sum(_failures, slice);
        // Spares the walk over all rings; the 1 covers the rounding of the product.
        if (failures + 1 < ratio * minimumThroughput)
            return false;

        var calls = failures + Sum(_successes, slice);
        return calls >= minimumThroughput && failures / (double)calls >= ratio;
    }

    public (long Successes, long Failures) Totals()
    {
        var slice = Slice();
        return (Sum(_successes, slice), Sum(_failures, slice));
    }

    private static void Add(ref long bucket, long slice, long count)
    {
        while (true)
        {
            var seen = Volatile.Read(ref bucket);

            // A caller that was held up since it read the clock counts in the newer slice, which must not be lost.
            if (AgeOf(seen, slice) is 0 or > SliceMask - Late)
            {
                Interlocked.Add(ref bucket, count);
                return;
            }

            if (Interlocked.CompareExchange(ref bucket, (slice << CountBits) | count, seen) == seen)
                return;
        }
    }

    private static long Sum(long[] buckets, long now)
    {
        var sum = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            var bucket = Volatile.Read(ref buckets[i]);
            if (AgeOf(bucket, now) < Buckets)
                sum += bucket & CountMask;
        }

        return sum;
    }

    /// <summary>How many slices ago a bucket was begun; a very large number if that is to come.</summary>
    private static long AgeOf(long bucket, long now) => (now - (bucket >> CountBits)) & SliceMask;

    private long Slice() => _clock.CoarseMilliseconds / _sliceMilliseconds;
}
