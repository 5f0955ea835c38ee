namespace Quickstart.Weather;

/// <summary>Decides by a seed how often each question fails before it is answered, and remembers how often each was asked.</summary>
internal sealed class FailureSchedule
{
    /// <summary>The service never answers this question.</summary>
    public const int HopelessCity = 13;

    public const int Cities = 50;

    private const int Seed = 2026;
    private const int MostFailures = 3;

    private readonly int[] _failures;
    private readonly int[] _calls = new int[Cities];

    public FailureSchedule()
    {
        var random = new Random(Seed);
        _failures = [.. Enumerable.Range(0, Cities).Select(city => city == HopelessCity ? int.MaxValue : random.Next(MostFailures + 1))];
    }

    /// <summary>All failures that the schedule holds for questions that are answered in the end.</summary>
    public int ExpectedFailures => _failures.Where(x => x != int.MaxValue).Sum();

    public int Calls => _calls.Sum();

    public int CallsFor(int cityId) => Volatile.Read(ref _calls[cityId]);

    /// <summary>Counts a call, and tells whether it fails.</summary>
    public bool Fails(int cityId) => Interlocked.Increment(ref _calls[cityId]) <= _failures[cityId];
}
