using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>
/// The arithmetic of a token bucket, for stores that keep one. All of its state is one moment, so a full bucket need not be kept. Immutable.
/// </summary>
/// <param name="Interval">The time from one token to the next; more than zero.</param>
/// <param name="Burst">How many tokens the bucket holds; at least 1.</param>
/// <param name="FullAt">When the bucket is full, if no more tokens are taken.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobRateBucket(TimeSpan Interval, int Burst, DateTimeOffset FullAt)
{
    /// <summary>How many tokens are there.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>Zero up to <see cref="Burst"/>.</returns>
    public int Available(DateTimeOffset now)
    {
        long missing = (FullAt - now).Ticks;
        return missing <= 0 ? Burst : (int)Math.Max(0, Burst - (((missing - 1) / Interval.Ticks) + 1));
    }

    /// <summary>
    /// The bucket, no emptier than empty: all of its tokens come in <see cref="Burst"/> intervals. It is emptier when it has got a faster rate than that at which its
    /// tokens were taken, or when the clock was set back. Stores ask for it whenever they read a bucket, and keep the answer.
    /// </summary>
    /// <param name="now">The moment.</param>
    /// <returns>The bucket.</returns>
    public JobRateBucket AtMostEmpty(DateTimeOffset now)
    {
        TimeSpan filling = Interval * Burst;
        return FullAt - now > filling ? this with { FullAt = now + filling } : this;
    }

    /// <summary>The bucket after one token was taken, whether it was there or not.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>The bucket.</returns>
    public JobRateBucket Take(DateTimeOffset now) => this with { FullAt = (FullAt > now ? FullAt : now) + Interval };

    /// <summary>When one more token will be there than now.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>A later moment, or <see langword="null"/> when the bucket is full.</returns>
    public DateTimeOffset? NextAt(DateTimeOffset now)
    {
        int available = Available(now);
        return available >= Burst ? null : FullAt - (Interval * (Burst - available - 1));
    }
}
