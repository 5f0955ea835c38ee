using System.Numerics;

namespace ProDev.Retry;

/// <summary>Counts events of the last <see cref="Slices"/> slices of time. Lock-free; older events are forgotten without a timer.</summary>
/// <remarks>
/// A cell holds the number of its slice above and the count of events below, in one word: a count can neither be added to a slice
/// that has ended nor survive it. An event that races with the turn of its cell counts in the newer slice.
/// </remarks>
internal sealed class SlidingCounter
{
    public const int Slices = 10;

    private const int MostStripes = 64;

    /// <summary>128 bytes: the cells of two stripes never share a cache line, nor a pair of lines that are fetched together.</summary>
    private const int StripeLength = 16;

    private readonly long[] _cells;
    private readonly int _stripeMask;

    public SlidingCounter(int stripes)
    {
        // One stripe of room before the first, which keeps the array's header off the line that is written.
        _cells = new long[(stripes + 1) * StripeLength];
        _stripeMask = stripes - 1;
    }

    public static int StripesForAllProcessors { get; } =
        Math.Min(MostStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    public void Increment(int slice)
    {
        var stripe = _stripeMask == 0 ? 0 : Thread.GetCurrentProcessorId() & _stripeMask;
        ref var cell = ref _cells[IndexOf(stripe, slice)];
        var seen = Volatile.Read(ref cell);
        while (AgeOf(seen, slice) > 0)
        {
            var found = Interlocked.CompareExchange(ref cell, ((long)slice << 32) | 1, seen);
            if (found == seen)
                return;
            seen = found;
        }

        Interlocked.Increment(ref cell);
    }

    public long Sum(int slice)
    {
        var sum = 0L;
        for (var stripe = 0; stripe <= _stripeMask; stripe++)
        {
            for (var i = 0; i < Slices; i++)
            {
                var cell = Volatile.Read(ref _cells[IndexOf(stripe, i)]);
                if (AgeOf(cell, slice) < Slices)
                    sum += (uint)cell;
            }
        }

        return sum;
    }

    private static int IndexOf(int stripe, int slice) => ((stripe + 1) * StripeLength) + (int)((uint)slice % Slices);

    /// <summary>How many slices ago a cell was begun; negative if another thread has seen a later time.</summary>
    private static int AgeOf(long cell, int slice) => unchecked(slice - (int)(cell >> 32));
}
