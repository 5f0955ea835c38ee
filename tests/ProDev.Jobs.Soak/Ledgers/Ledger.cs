using System.Text;

namespace ProDev.Jobs.Soak;

/// <summary>
/// What one process knows to have happened, on disk before it goes on. Every process writes a file of its own, because two that append to one file could
/// write over each other. Safe for concurrent use.
/// </summary>
public sealed class Ledger : IDisposable
{
    public const string Extension = ".ledger";

    private readonly Lock _lock = new();
    private readonly FileStream _file;

    /// <param name="folder">The folder of the run; created if missing.</param>
    /// <param name="writer">Who writes: the name of the file.</param>
    public Ledger(string folder, string writer)
    {
        Directory.CreateDirectory(folder);
        _file = new FileStream(Path.Combine(folder, writer + Extension), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public void Append(params ReadOnlySpan<LedgerLine> lines)
    {
        var text = new StringBuilder();
        foreach (LedgerLine line in lines)
            text.Append(line).Append('\n');
        byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
        lock (_lock)
        {
            _file.Write(bytes);
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}
