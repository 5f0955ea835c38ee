using System.Globalization;

namespace ProDev.Benchmarks;

/// <summary>CPU time of processes with all their children, from Linux's <c>/proc</c>.</summary>
internal static class ProcessTree
{
    private const string Proc = "/proc";

    // The kernel reports in ticks of a hundredth of a second on every platform that .NET supports.
    private const long TicksPerCpuTick = TimeSpan.TicksPerSecond / 100;

    // Fields of /proc/PID/stat, counted from the state that follows the name in parentheses.
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int Times = 4;

    /// <summary>
    /// Sums user and system time of the trees. Children that ended are in their parent's account, so a server that starts a
    /// process for each connection is counted in full. Null without processes, and where there is no <c>/proc</c>.
    /// </summary>
    public static TimeSpan? CpuTime(IReadOnlyCollection<int> roots, string proc = Proc)
    {
        if (roots.Count == 0 || !Directory.Exists(proc))
            return null;

        var all = Directory.EnumerateDirectories(proc)
            .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .Select(pid => Read(proc, pid))
            .OfType<Process>()
            .ToList();
        var children = all.ToLookup(p => p.ParentId);
        var pending = new Queue<Process>(all.Where(p => roots.Contains(p.Id)));
        var ticks = 0L;
        while (pending.TryDequeue(out var process))
        {
            ticks += process.CpuTicks;
            foreach (var child in children[process.Id])
                pending.Enqueue(child);
        }

        return TimeSpan.FromTicks(ticks * TicksPerCpuTick);
    }

    private static Process? Read(string proc, int pid)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(proc, pid.ToString(CultureInfo.InvariantCulture), "stat"));
            // A name may hold spaces and parentheses; what follows the last one does not.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields.AsSpan(FirstTime, Times).ToArray().Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
            return new Process(pid, int.Parse(fields[Parent], CultureInfo.InvariantCulture), ticks);
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return null;
        }
    }

    private sealed record Process(int Id, int ParentId, long CpuTicks);
}
