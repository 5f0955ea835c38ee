using Cronos;

namespace ProDev.Jobs;

/// <summary>
/// A cron expression in a time zone. Where the clock is put forward, skipped times occur once, at the first moment after the gap. Where it is put
/// back, an expression whose hours have <c>*</c> or a step occurs each time that the local time comes; any other occurs the first time only.
/// </summary>
internal sealed class CronTiming : ScheduleTiming
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;
    private readonly bool _hasFixedHours;

    private CronTiming(CronExpression expression, TimeZoneInfo zone, bool hasFixedHours)
        => (_expression, _zone, _hasFixedHours) = (expression, zone, hasFixedHours);

    public static CronTiming Parse(string schedule, string cron, string zone)
    {
        ArgumentNullException.ThrowIfNull(cron);
        string[] fields = cron.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        CronExpression expression;
        try
        {
            expression = CronExpression.Parse(cron, fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (FormatException e)
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
        return new CronTiming(expression, TimeZones.Find(schedule, zone), fields[^4].IndexOfAny(['*', '/']) < 0);
    }

    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTimeOffset? next = _expression.GetNextOccurrence(after, _zone);
        while (next is { } at && IsRepetition(at))
            next = _expression.GetNextOccurrence(at, _zone);
        return next?.ToUniversalTime();
    }

    public override DateTimeOffset? Previous(DateTimeOffset before)
    {
        DateTimeOffset? previous = _expression.GetPreviousOccurrence(before, _zone);
        while (previous is { } at && IsRepetition(at))
            previous = _expression.GetPreviousOccurrence(at, _zone);
        return previous?.ToUniversalTime();
    }

    /// <summary>Cronos repeats fixed hours, too, as soon as another field has <c>*</c>, a step or a range.</summary>
    private bool IsRepetition(DateTimeOffset at)
        => _hasFixedHours && _zone.IsAmbiguousTime(at.DateTime) && at.Offset == _zone.GetAmbiguousTimeOffsets(at.DateTime).Min();
}
