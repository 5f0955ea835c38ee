using System.Globalization;

namespace ProDev.Jobs.Tests;

/// <summary>
/// The rule for changes of the clock, at both changes of 2026 in zones that change by an hour, by half an hour, at midnight, and for a month of
/// fasting. Times are written as day of the month, local time and offset.
/// </summary>
public sealed class DaylightSavingTests
{
    // A skipped time: once, at the first moment after the gap.
    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-03-28T02:00Z", "29 03:00+2", "30 02:30+2")]
    [InlineData("Europe/Berlin", "*/30 2 * * *", "2026-03-28T02:00Z", "29 03:00+2", "30 02:00+2")]
    [InlineData("Europe/Berlin", "0 1-3 * * *", "2026-03-28T02:00Z", "29 01:00+1", "29 03:00+2", "30 01:00+2")]
    [InlineData("Europe/Berlin", "0 */2 * * *", "2026-03-28T22:30Z", "29 00:00+1", "29 03:00+2", "29 04:00+2")]
    [InlineData("Europe/Berlin", "0 * * * *", "2026-03-28T23:30Z", "29 01:00+1", "29 03:00+2", "29 04:00+2")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-07T08:00Z", "08 03:00-4", "09 02:30-4")]
    [InlineData("America/New_York", "*/20 * * * *", "2026-03-08T06:30Z", "08 01:40-5", "08 03:00-4", "08 03:20-4")]
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-02T16:00Z", "04 02:30+11", "05 02:15+11")]
    [InlineData("Australia/Lord_Howe", "0,30 * * * *", "2026-10-03T14:45Z", "04 01:30+10.5", "04 02:30+11", "04 03:00+11")]
    [InlineData("Australia/Lord_Howe", "0 * * * *", "2026-10-03T14:45Z", "04 02:30+11", "04 03:00+11")]
    [InlineData("America/Santiago", "0 0 * * *", "2026-09-05T05:00Z", "06 01:00-3", "07 00:00-3")]
    [InlineData("America/Santiago", "@daily", "2026-09-05T05:00Z", "06 01:00-3", "07 00:00-3")]
    [InlineData("Africa/Casablanca", "30 2 * * *", "2026-03-21T03:00Z", "22 03:00+1", "23 02:30+1")]
    public void SkippedTimeOccursOnceAfterTheGap(string zone, string cron, string after, params string[] expected)
        => Assert.Equal(expected, Occurrences(zone, cron, after, expected.Length));

    // A repeated time: fixed hours the first time only.
    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-24T21:00Z", "25 02:30+2", "26 02:30+1")]
    [InlineData("Europe/Berlin", "*/30 2 * * *", "2026-10-24T21:00Z", "25 02:00+2", "25 02:30+2", "26 02:00+1")]
    [InlineData("Europe/Berlin", "0 1-3 * * *", "2026-10-24T23:30Z", "25 02:00+2", "25 03:00+1", "26 01:00+1")]
    [InlineData("Europe/Berlin", "*/20 30 2 * * *", "2026-10-25T00:30:20Z", "25 02:30+2", "26 02:30+1")]
    [InlineData("America/New_York", "15,45 1 * * *", "2026-11-01T04:30Z", "01 01:15-4", "01 01:45-4", "02 01:15-5")]
    [InlineData("Australia/Lord_Howe", "*/15 1 * * *", "2026-04-04T14:20Z", "05 01:30+11", "05 01:45+11", "06 01:00+10.5")]
    [InlineData("America/Santiago", "30 23 * * *", "2026-04-05T00:00Z", "04 23:30-3", "05 23:30-4")]
    [InlineData("Africa/Casablanca", "30 2 * * *", "2026-02-15T00:00Z", "15 02:30+1", "16 02:30+0")]
    public void RepeatedTimeOccursTheFirstTimeOnly_WhenTheHoursAreFixed(string zone, string cron, string after, params string[] expected)
        => Assert.Equal(expected, Occurrences(zone, cron, after, expected.Length));

    // A repeated time: any or every so many hours each time that it comes.
    [Theory]
    [InlineData("Europe/Berlin", "0 * * * *", "2026-10-24T23:30Z", "25 02:00+2", "25 02:00+1", "25 03:00+1")]
    [InlineData("Europe/Berlin", "@hourly", "2026-10-24T23:30Z", "25 02:00+2", "25 02:00+1", "25 03:00+1")]
    [InlineData("Europe/Berlin", "0 */2 * * *", "2026-10-24T23:30Z", "25 02:00+2", "25 02:00+1", "25 04:00+1")]
    [InlineData("America/New_York", "*/30 * * * *", "2026-11-01T04:45Z", "01 01:00-4", "01 01:30-4", "01 01:00-5", "01 01:30-5", "01 02:00-5")]
    [InlineData("Australia/Lord_Howe", "*/15 * * * *", "2026-04-04T14:35Z", "05 01:45+11", "05 01:30+10.5", "05 01:45+10.5", "05 02:00+10.5")]
    [InlineData("America/Santiago", "0 0/1 * * *", "2026-04-05T01:30Z", "04 23:00-3", "04 23:00-4", "05 00:00-4")]
    public void RepeatedTimeOccursEachTime_WhenTheHoursAreAnyOrHaveAStep(string zone, string cron, string after, params string[] expected)
        => Assert.Equal(expected, Occurrences(zone, cron, after, expected.Length));

    [Fact]
    public void WayBackMeetsTheSameOccurrences_ThroughoutTheYear()
    {
        string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "UTC"];
        string[] expressions =
        [
            "30 2 * * *", "0 2 * * *", "*/30 2 * * *", "0 1-3 * * *", "0 */2 * * *", "0 * * * *", "*/30 * * * *", "*/7 2,5 * * *", "0 0 * * *",
            "15 23,0 * * *", "0 0 31 * *", "45 1 * * SUN", "0 1/1 * * *", "*/20 30 2 * * *", "@daily",
        ];
        DateTimeOffset start = new(2025, 12, 31, 23, 59, 0, TimeSpan.Zero);
        DateTimeOffset end = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach ((string zone, string cron) in zones.SelectMany(z => expressions.Select(e => (z, e))))
        {
            var timing = CronTiming.Parse("a", cron, zone);
            var forwards = new List<DateTimeOffset>();
            for (DateTimeOffset? at = timing.Next(start); at < end; at = timing.Next(at.Value))
                forwards.Add(at.Value);
            var backwards = new List<DateTimeOffset>();
            for (DateTimeOffset? at = timing.Previous(end); at > start; at = timing.Previous(at.Value))
                backwards.Add(at.Value);

            backwards.Reverse();
            Assert.Equal(forwards, backwards);
        }
    }

    private static List<string> Occurrences(string zone, string cron, string after, int count)
    {
        var timing = CronTiming.Parse("a", cron, zone);
        var zoneInfo = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var texts = new List<string>();
        DateTimeOffset at = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        while (texts.Count < count)
        {
            at = timing.Next(at)!.Value;
            Assert.Equal(TimeSpan.Zero, at.Offset);
            DateTimeOffset local = TimeZoneInfo.ConvertTime(at, zoneInfo);
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{local:dd HH:mm}{local.Offset.TotalHours:+0.#;-0.#;+0}"));
        }

        return texts;
    }
}
