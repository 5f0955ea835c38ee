using System.Globalization;
using System.Text;

namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>Every start of a job, on disk before the job goes on. Several processes append to one file.</summary>
public sealed class Ledger(string path)
{
    private readonly Lock _lock = new();

    public sealed record Entry(int Number, Guid Id, int Attempt, long Token);

    public void Append(Entry entry)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{entry.Number} {entry.Id} {entry.Attempt} {entry.Token}\n");
        lock (_lock)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(Encoding.ASCII.GetBytes(line));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Reads what is complete; a killed process may have left half a line.</summary>
    public IReadOnlyList<Entry> Read()
    {
        if (!File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n').Select(l => l.Split(' ')).Where(p => p.Length == 4).Select(p => new Entry(
            int.Parse(p[0], CultureInfo.InvariantCulture), Guid.Parse(p[1]), int.Parse(p[2], CultureInfo.InvariantCulture),
            long.Parse(p[3], CultureInfo.InvariantCulture)))];
    }
}
