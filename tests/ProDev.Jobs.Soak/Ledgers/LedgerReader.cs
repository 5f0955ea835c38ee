using System.Text;

namespace ProDev.Jobs.Soak;

/// <summary>Reads the files of a ledger, each from where it was read up to before. Not for concurrent use.</summary>
public sealed class LedgerReader(string folder)
{
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LedgerLine>> _lines = new(StringComparer.Ordinal);

    /// <summary>All lines of all processes. Those of one process are in order.</summary>
    public IReadOnlyList<LedgerLine> Read()
    {
        Refresh();
        return [.. _lines.Values.SelectMany(static l => l)];
    }

    /// <summary>The lines of one process, in order.</summary>
    public IReadOnlyList<LedgerLine> Read(string writer)
    {
        Refresh();
        return _lines.TryGetValue(writer, out List<LedgerLine>? lines) ? lines : [];
    }

    public int Count(LedgerEvent what) => Read().Count(l => l.Event == what);

    private void Refresh()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string path in Directory.EnumerateFiles(folder, "*" + Ledger.Extension).Order(StringComparer.Ordinal))
            Refresh(path);
    }

    private void Refresh(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _positions.GetValueOrDefault(path);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);

        // What is behind the last end of line is not finished yet, or never will be.
        string text = Encoding.ASCII.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        int end = text.LastIndexOf('\n') + 1;
        _positions[path] = _positions.GetValueOrDefault(path) + end;
        string writer = Path.GetFileNameWithoutExtension(path);
        if (!_lines.TryGetValue(writer, out List<LedgerLine>? lines))
            _lines.Add(writer, lines = []);
        lines.AddRange(text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LedgerLine.Parse).OfType<LedgerLine>());
    }
}
