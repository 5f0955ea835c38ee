namespace ProDev.Build;

/// <summary>Finds what a person who mistyped a name meant.</summary>
public static class NearestName
{
    /// <summary>
    /// Returns the candidate that the fewest edits (insert, delete, replace, swap of neighbours) turn <paramref name="name"/> into,
    /// ignoring case and dashes, or null if more than a third of its letters would have to change. A candidate that begins with the
    /// whole name is taken for meant however long it is.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string wanted = Normalize(name);
        if (wanted.Length == 0)
        {
            return null;
        }

        return candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(wanted, Normalize(candidate))))
            .Where(pair => pair.Distance <= Math.Max(1, Math.Max(wanted.Length, Normalize(pair.Candidate).Length) / 3)
                || (wanted.Length > 2 && Normalize(pair.Candidate).StartsWith(wanted, StringComparison.Ordinal)))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault().Candidate;
    }

    private static string Normalize(string name) => name.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Optimal string alignment: the edit distance in which no part is edited twice.</summary>
    private static int Distance(string left, string right)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replace = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
