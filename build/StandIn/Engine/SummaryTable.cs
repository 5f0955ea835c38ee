using System.Globalization;
using System.Text;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>The table at the end of a run: each target with its status, its duration and, if it did not succeed, why.</summary>
internal static class SummaryTable
{
    public static string Of(IReadOnlyCollection<ExecutableTarget> plan, bool succeeded, DateTimeOffset now)
    {
        ExecutableTarget[] rows = [.. plan.Where(target => target.Status != ExecutionStatus.Collective)];
        int name = Math.Max("Target".Length, rows.Select(row => row.Name.Length).DefaultIfEmpty().Max());
        int status = "Succeeded".Length;
        string Line(string first, string second, string third, string? note = null) =>
            $"{first.PadRight(name)}  {second.PadRight(status)}  {third,8}{(note is null ? string.Empty : $"  // {note}")}";

        var text = new StringBuilder();
        string thick = new('═', name + status + 12), thin = new('─', name + status + 12);
        text.AppendLine().AppendLine(thick).AppendLine(Line("Target", "Status", "Duration")).AppendLine(thin);
        foreach (ExecutableTarget row in rows)
        {
            bool ran = row.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted;
            text.AppendLine(Line(row.Name, row.Status.ToString(), ran ? Duration(row.Duration) : string.Empty, row.Note).TrimEnd());
        }

        var total = new TimeSpan(rows.Sum(row => row.Duration.Ticks));
        return text.AppendLine(thin)
            .AppendLine(Line("Total", string.Empty, Duration(total)))
            .AppendLine(thick)
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Build {(succeeded ? "succeeded" : "failed")} on {now:yyyy-MM-dd HH:mm:ss}.")
            .ToString();
    }

    private static string Duration(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? "< 1sec" : $"{(int)time.TotalMinutes}:{time.Seconds.ToString("00", CultureInfo.InvariantCulture)}";
}
