namespace ProDev.Build;

/// <summary>The order in which packages are published: each after those it depends on, so that a feed never offers one that cannot be restored.</summary>
public static class PublishOrder
{
    /// <summary>Sorts the packages; those that do not depend on each other stay in order of their ids.</summary>
    /// <param name="packages">The packages.</param>
    /// <exception cref="BuildFailedException">Two packages depend on each other.</exception>
    public static IReadOnlyList<PackageFile> Of(IReadOnlyCollection<PackageFile> packages)
    {
        ArgumentNullException.ThrowIfNull(packages);
        var waiting = packages.OrderBy(package => package.Id, StringComparer.Ordinal).ToList();
        var sorted = new List<PackageFile>(waiting.Count);
        while (waiting.Count > 0)
        {
            PackageFile? next = waiting.Find(package => !waiting.Exists(other => package != other && DependsOn(package, other)));
            if (next is null)
            {
                throw new BuildFailedException(
                    $"These packages depend on each other in a circle: {string.Join(", ", waiting.Select(package => package.Id))}.");
            }

            waiting.Remove(next);
            sorted.Add(next);
        }

        return sorted;
    }

    private static bool DependsOn(PackageFile package, PackageFile other) =>
        package.Dependencies.Contains(other.Id, StringComparer.OrdinalIgnoreCase);
}
