using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Locks limits and calls parked jobs for which there is room. The caller has a transaction, and commits. See the rules at the statements.
/// </summary>
internal sealed class GateKeeper(JobStatements statements, JobClock clock)
{
    private const int MaxDue = 100;
    private const int MaxForgotten = 10;

    /// <summary>Locks the limits of candidates, as the latest of them says.</summary>
    public async Task<(Dictionary<string, GroupGate> Groups, Dictionary<string, BucketGate> Buckets)> LockAsync(
        NpgsqlConnection connection, IReadOnlyCollection<Candidate> candidates)
    {
        Candidate[] members = Latest(candidates, static c => c.GroupKey);
        Candidate[] rated = Latest(candidates, static c => c.RateKey);
        List<GroupGate> groups = [];
        List<BucketGate> buckets = [];
        if (members.Length > 0)
        {
            string[] keys = Array.ConvertAll(members, static c => c.GroupKey!);
            NpgsqlBatch batch = connection.CreateBatch();
            await using (batch.ConfigureAwait(false))
            {
                batch.Add(
                    statements.LearnGroups, Parameter.Of(keys), Parameter.Of(Array.ConvertAll(members, static c => c.Number)),
                    Parameter.Of(Array.ConvertAll(members, static c => c.GroupLimit)));
                batch.Add(statements.GroupRooms, Parameter.Of(keys));
                groups = await ReadAsync(batch, GroupGate.Read).ConfigureAwait(false);
            }
        }

        if (rated.Length > 0)
        {
            buckets = await connection.ReadAsync(
                statements.LearnBuckets,
                [
                    clock.Now, Parameter.Of(Array.ConvertAll(rated, static c => c.RateKey!)), Parameter.Of(Array.ConvertAll(rated, static c => c.Number)),
                    Parameter.Of(Array.ConvertAll(rated, static c => c.RateEvery)), Parameter.Of(Array.ConvertAll(rated, static c => c.RateBurst)),
                ],
                BucketGate.Read).ConfigureAwait(false);
        }

        return (groups.ToDictionary(static g => g.Key, StringComparer.Ordinal), buckets.ToDictionary(static b => b.Key, StringComparer.Ordinal));
    }

    /// <summary>Jobs of these groups and rates were ended, or taken from those that wait. Returns how many were called in their place.</summary>
    public async Task<int> LeftAsync(NpgsqlConnection connection, IEnumerable<string?> groupKeys, IEnumerable<string?>? rateKeys = null)
    {
        string[] groups = [.. groupKeys.OfType<string>().Distinct(StringComparer.Ordinal)];
        string[] rates = [.. rateKeys?.OfType<string>().Distinct(StringComparer.Ordinal) ?? []];
        List<GroupGate> rooms = [];
        if (groups.Length > 0)
        {
            NpgsqlBatch batch = connection.CreateBatch();
            await using (batch.ConfigureAwait(false))
            {
                batch.Add(statements.LockGroups, Parameter.Of(groups));
                batch.Add(statements.GroupRooms, Parameter.Of(groups));
                batch.Add(statements.ForgetGroups, Parameter.Of(groups));
                rooms = await ReadAsync(batch, GroupGate.Read, skip: 1).ConfigureAwait(false);
            }
        }

        List<BucketGate> buckets = rates.Length == 0
            ? []
            : await connection.ReadAsync(statements.LockBuckets, [clock.Now, Parameter.Of(rates)], BucketGate.Read).ConfigureAwait(false);
        rooms.RemoveAll(static g => !g.HasParked);
        return rooms.Count + buckets.Count == 0 ? 0 : await CallAsync(connection, rooms, buckets).ConfigureAwait(false);
    }

    /// <summary>Calls jobs whose tokens have come. Returns how many.</summary>
    public async Task<int> CallDueAsync(NpgsqlConnection connection)
    {
        List<BucketGate> due = await connection.ReadAsync(
            statements.LockDueBuckets, [clock.Now, Parameter.Of(MaxDue)], BucketGate.Read).ConfigureAwait(false);
        return due.Count == 0 ? 0 : await CallAsync(connection, [], due).ConfigureAwait(false);
    }

    /// <summary>Adds what ends a change of limits: calls, and the rows of the limits. Returns the call, whose rows are the jobs.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="groups">The groups, locked.</param>
    /// <param name="buckets">The buckets, locked.</param>
    /// <param name="factor">How many more to call than there is room for, because those called last had other obstacles.</param>
    public NpgsqlBatchCommand AddCall(NpgsqlBatch batch, IReadOnlyCollection<GroupGate> groups, IReadOnlyCollection<BucketGate> buckets, int factor = 1)
    {
        Gate[] open = [.. groups.Concat<Gate>(buckets).Where(static g => g.Room > 0)];
        NpgsqlBatchCommand call = batch.Add(
            statements.Call, Parameter.Of(Array.ConvertAll(open, static g => g.Name)),
            Parameter.Of(Array.ConvertAll(open, g => (int)Math.Min((long)g.Room * factor, int.MaxValue))));
        if (buckets.Count > 0)
        {
            batch.Add(
                statements.SaveBuckets, Parameter.Of([.. buckets.Select(static b => b.Key)]),
                Parameter.Of([.. buckets.Select(static b => (DateTime?)Columns.ToTime(b.FullAt))]),
                Parameter.Of([.. buckets.Select(static b => b.NextAt is { } at ? Columns.ToTime(at) : (DateTime?)null)]));
            batch.Add(statements.ForgetBuckets, clock.Now, Parameter.Of(MaxForgotten + buckets.Count));
        }

        if (groups.Count > 0)
            batch.Add(statements.ForgetGroups, Parameter.Of([.. groups.Select(static g => g.Key)]));
        return call;
    }

    private async Task<int> CallAsync(NpgsqlConnection connection, IReadOnlyCollection<GroupGate> groups, IReadOnlyCollection<BucketGate> buckets)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            NpgsqlBatchCommand call = AddCall(batch, groups, buckets);
            await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            return (int)call.Rows;
        }
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlBatch batch, Func<NpgsqlDataReader, T> read, int skip = 0)
    {
        NpgsqlDataReader row = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        await using (row.ConfigureAwait(false))
        {
            for (int i = 0; i < skip; i++)
                await row.NextResultAsync().ConfigureAwait(false);
            return await row.ReadAllAsync(read).ConfigureAwait(false);
        }
    }

    private static Candidate[] Latest(IEnumerable<Candidate> candidates, Func<Candidate, string?> keyOf)
        => [.. candidates.Where(c => keyOf(c) is not null).GroupBy(c => keyOf(c)!, StringComparer.Ordinal).Select(static g => g.MaxBy(static c => c.Number)!)];
}
