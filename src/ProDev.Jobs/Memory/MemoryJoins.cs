namespace ProDev.Jobs;

/// <summary>The results of groups that something waits for. Not safe for concurrent use.</summary>
internal sealed class MemoryJoins
{
    private readonly Dictionary<Guid, SortedDictionary<int, ReadOnlyMemory<byte>>> _results = [];

    /// <summary>Keeps one result; returns what follows the group if it was the last one.</summary>
    public JobFollowUp? Contribute(JobContribution part)
    {
        if (!_results.TryGetValue(part.JoinId, out SortedDictionary<int, ReadOnlyMemory<byte>>? results))
            _results.Add(part.JoinId, results = []);
        results.TryAdd(part.Index, part.Result);
        if (results.Count < part.Size)
            return null;
        _results.Remove(part.JoinId);
        return part.Join([.. results.Values]);
    }
}
