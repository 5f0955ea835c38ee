namespace Quickstart.Import;

/// <summary>How many rows this run has written so far.</summary>
internal sealed class ImportProgress
{
    private int _rows;

    public int Rows => Volatile.Read(ref _rows);

    public void Add(int rows) => Interlocked.Add(ref _rows, rows);
}
