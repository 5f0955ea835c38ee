using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class MainSpaceTests
{
    private const int Limit = 10;
    private const int CandidateHash = -1;

    private readonly FrequencySketch _sketch = new(seed: 1);
    private readonly MainSpace _main;

    public MainSpaceTests()
    {
        // So large that it does not age meanwhile.
        _sketch.Reserve(100_000);
        _main = new MainSpace(new WindowSize(Limit + 1), weighs: false, _sketch, seed: 1);
        for (var hash = 0; hash < Limit; hash++)
        {
            _sketch.Add(hash, 15);
            Assert.True(_main.TryEnter(new TestEntry { Hash = hash }, now: 0));
        }
    }

    [Fact]
    public void FrequentCandidate_IsLetInNowAndThen_WhenAllOthersLookMoreFrequent()
    {
        _sketch.Add(CandidateHash, 6);

        Assert.InRange(Enumerable.Range(0, 12_800).Count(_ => IsLetIn()), 50, 200);
        Assert.Equal(Limit, _main.Count);
    }

    [Fact]
    public void RareCandidate_IsNeverLetIn_WhenAllOthersAreMoreFrequent()
    {
        _sketch.Add(CandidateHash, 5);

        Assert.DoesNotContain(Enumerable.Range(0, 12_800), _ => IsLetIn());
    }

    private bool IsLetIn()
    {
        var candidate = new TestEntry { Hash = CandidateHash };
        if (!_main.TryEnter(candidate, now: 0))
            return false;

        // Out again, and one like the others in for it.
        _main.Probation.Remove(candidate);
        Assert.True(_main.TryEnter(new TestEntry { Hash = 0 }, now: 0));
        return true;
    }
}
