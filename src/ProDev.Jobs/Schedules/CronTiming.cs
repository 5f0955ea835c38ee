using Cronos;

namespace ProDev.Jobs;

/// <summary>
/// A cron expression in a time zone. Where the clock is put forward, skipped times occur once, at the first moment after the gap. Where it is put
/// back, an expression whose hours have <c>*</c> or a step occurs each time that the local time comes; any other occurs the first time only.
/// Cronos reads the expression and knows the calendar; the changes of the clock are dealt with here, because its own rules repeat fixed hours as
/// soon as another field has <c>*</c>, a step or a range, and miss the first moment after a gap on the way back.
/// </summary>
internal sealed class CronTiming : ScheduleTiming
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly CronExpression _expression;
    private readonly WallClock _clock;
    private readonly bool _hasFixedHours;

    private CronTiming(CronExpression expression, WallClock clock, bool hasFixedHours)
        => (_expression, _clock, _hasFixedHours) = (expression, clock, hasFixedHours);

    public static CronTiming Parse(string schedule, string cron, string zone)
    {
        ArgumentNullException.ThrowIfNull(cron);
        string[] fields = cron.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        CronExpression expression;
        try
        {
            expression = CronExpression.Parse(cron, fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (Exception e) when (e is FormatException or MissingSeedException)
        {
            throw new ArgumentException(
                $"The schedule '{schedule}' has the cron expression '{cron}', which cannot be read: {e.Message} Allowed are five fields (minute, hour, " +
                "day of the month, month, day of the week), six with seconds before them, or a macro such as '@daily'. " +
                "For example '0 9 * * 1-5': at 9:00 from Monday to Friday.",
                nameof(cron), e);
        }

        // A macro stands for fields, which the parsed expression writes out.
        if (fields.Length == 1)
            fields = expression.ToString().Split(' ');
        return new CronTiming(expression, new WallClock(TimeZones.Find(schedule, zone)), fields[^4].IndexOfAny(['*', '/']) < 0);
    }

    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTimeOffset? next = FirstShown(_clock.Show(after), inclusive: false, after);
        if (_hasFixedHours || _clock.PutBackAfter(after) is not { } putBack)
            return next;

        // The clock will show again what it has shown already.
        return FirstShown(_clock.Show(putBack), inclusive: true, putBack.AddTicks(-1)) is { } repeated && !(repeated >= next) ? repeated : next;
    }

    public override DateTimeOffset? Previous(DateTimeOffset before)
    {
        DateTime? shown = _expression.GetPreviousOccurrence(_clock.Show(before));
        while (shown is { } time)
        {
            // What was shown earlier may occur later, at a second time or after a gap, but never before what was found here.
            DateTimeOffset? last = null;
            for (DateTimeOffset? next = Next(_clock.Find(time).First.AddTicks(-1)); next < before; next = Next(next.Value))
                last = next;
            if (last is not null)
                return last;
            shown = _expression.GetPreviousOccurrence(time);
        }

        return null;
    }

    /// <summary>The first moment after the given one at which the clock shows a time of the expression that follows the given one.</summary>
    private DateTimeOffset? FirstShown(DateTime from, bool inclusive, DateTimeOffset after)
    {
        for (DateTime? shown = _expression.GetNextOccurrence(from, inclusive); shown is { } time; shown = _expression.GetNextOccurrence(time))
        {
            (DateTimeOffset first, DateTimeOffset last) = _clock.Find(time);
            if (first > after)
                return first;
            if (last > after && !_hasFixedHours)
                return last;
        }

        return null;
    }
}
