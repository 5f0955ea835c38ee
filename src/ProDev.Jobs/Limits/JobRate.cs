using System.Globalization;

namespace ProDev.Jobs;

/// <summary>
/// How often jobs may be started, over all workers of the store and by its clock: a token bucket. Each start takes a token, that of a retry too; a new
/// token comes every <see cref="Interval"/>; the bucket holds <see cref="Burst"/> of them and is full at first. Immutable.
/// </summary>
/// <remarks>
/// In any span of one period at most <see cref="Permits"/> plus <see cref="Burst"/> jobs are started; with the burst of 1 they are spread evenly. A start
/// is the moment a worker takes the job from the store: what waits in the worker afterwards is bounded by <see cref="WorkerOptions.Prefetch"/>.
/// </remarks>
public sealed record JobRate
{
    /// <summary>The most permits that a second may have.</summary>
    private const int MaxPermits = 1_000_000;
    private static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(30);
    private static readonly TimeSpan MaxFilling = TimeSpan.FromDays(3650);

    /// <summary>Says how often jobs may be started.</summary>
    /// <param name="permits">How many in each period; 1 to 1,000,000.</param>
    /// <param name="period">The period; more than zero, at most 30 days, and at least a microsecond for each permit.</param>
    /// <param name="burst">How many may be started at once after a rest; 1 to 1,000,000, and no more than ten years give.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public JobRate(int permits, TimeSpan period, int burst = 1)
    {
        if (permits is < 1 or > MaxPermits)
            throw new ArgumentOutOfRangeException(nameof(permits), permits, $"The rate allows '{permits}' starts. Set it from 1 to 1,000,000.");
        if (period <= TimeSpan.Zero || period > MaxPeriod || period.Ticks / TimeSpan.TicksPerMicrosecond < permits)
        {
            throw new ArgumentOutOfRangeException(
                nameof(period), period, $"The period of the rate is '{period}' for {permits} starts. Set it to more than zero, at most 30 days, and at " +
                "least a microsecond for each start.");
        }

        long interval = ((period.Ticks - 1) / permits) + 1;
        if (burst is < 1 or > MaxPermits || (Int128)interval * burst > MaxFilling.Ticks)
        {
            throw new ArgumentOutOfRangeException(
                nameof(burst), burst, $"The burst of the rate is '{burst}'. Set it from 1 to 1,000,000, and to no more than the rate gives in ten years.");
        }

        (Permits, Period, Burst, Interval) = (permits, period, burst, TimeSpan.FromTicks(interval));
    }

    /// <summary>How many jobs may be started in each period.</summary>
    public int Permits { get; }

    /// <summary>The period.</summary>
    public TimeSpan Period { get; }

    /// <summary>How many jobs may be started at once after a rest.</summary>
    /// <value>The default is 1: starts are spread evenly.</value>
    public int Burst { get; }

    /// <summary>The time from one token to the next: period by permits, rounded up to 100 ns.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Reads a rate such as <c>100/m</c>: starts, a slash, and <c>s</c>, <c>m</c> or <c>h</c> for a second, a minute or an hour.</summary>
    /// <param name="text">The text.</param>
    /// <param name="burst">How many may be started at once after a rest.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="text"/> is no such rate.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="burst"/> is out of range.</exception>
    public static JobRate Parse(string text, int burst = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(text, out int permits, out TimeSpan period)
            ? new JobRate(permits, period, burst)
            : throw new FormatException(
                $"The rate '{text}' is malformed. Write the number of starts, from 1 to 1,000,000, a slash, and s, m or h, such as '100/m'.");
    }

    /// <summary>The rate as <see cref="Parse"/> reads it, if its period is a second, a minute or an hour; the burst if it is not 1.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string period = Period.Ticks switch
        {
            TimeSpan.TicksPerSecond => "s",
            TimeSpan.TicksPerMinute => "m",
            TimeSpan.TicksPerHour => "h",
            _ => $"{Period:c}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Permits}/{period}{(Burst == 1 ? "" : $", burst {Burst}")}");
    }

    private static bool TryRead(string text, out int permits, out TimeSpan period)
    {
        (permits, period) = (0, TimeSpan.Zero);
        if (text.Length < 3 || text[^2] != '/')
            return false;
        period = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        return period > TimeSpan.Zero
            && int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out permits)
            && permits is >= 1 and <= MaxPermits;
    }
}
