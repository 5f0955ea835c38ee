namespace ProDev.Jobs.Sqlite;

/// <summary>The numbers of some jobs, in ascending order. Often they follow one another without a gap, for that is how jobs arrive and are claimed.</summary>
internal sealed class JobNumbers
{
    private readonly long[] _sorted;

    public JobNumbers(IEnumerable<long> numbers)
    {
        _sorted = [.. numbers];
        Array.Sort(_sorted);
        for (int i = 1; i < _sorted.Length; i++)
            HasDoubles |= _sorted[i] == _sorted[i - 1];
    }

    public int Count => _sorted.Length;

    public bool HasDoubles { get; }

    public long First => _sorted[0];

    public long Last => _sorted[^1];

    /// <summary>Whether they are all numbers from <see cref="First"/> to <see cref="Last"/>.</summary>
    public bool IsRange => !HasDoubles && Last - First == _sorted.Length - 1;

    public string ToJson() => $"[{string.Join(',', _sorted)}]";
}
