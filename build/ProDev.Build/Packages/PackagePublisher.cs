namespace ProDev.Build;

/// <summary>Publishes packages with their symbols, each after those it depends on.</summary>
/// <param name="feed">Where to.</param>
/// <param name="key">The key of a server; a folder needs none.</param>
/// <param name="dotNet">Runs <c>dotnet</c> with these arguments in this environment.</param>
/// <param name="log">Receives each line of progress.</param>
public sealed class PackagePublisher(
    PackageFeed feed, string? key, Func<string, IReadOnlyDictionary<string, string>, CommandResult> dotNet, Action<string> log)
{
    /// <summary>Publishes the packages. What is on the feed already stays as it is, so that a broken run can be repeated.</summary>
    /// <param name="packages">The packages.</param>
    /// <exception cref="BuildFailedException">A file is missing or cannot be published; the message names it and what to do.</exception>
    public void Publish(IReadOnlyCollection<PackageFile> packages)
    {
        IReadOnlyList<PackageFile> sorted = PublishOrder.Of(packages);
        if (sorted.FirstOrDefault(package => !File.Exists(package.SymbolsPath)) is { } lacking)
        {
            throw new BuildFailedException($"There is no symbol package '{lacking.SymbolsPath}'. Run the target Pack first. Nothing was published.");
        }

        if (feed.IsFolder)
        {
            feed.Prepare();
            FolderFeed.Add(feed.Address, [.. sorted.SelectMany(package => new[] { package.SymbolsPath, package.Path })], log);
        }
        else
        {
            Push([.. sorted.SelectMany(package => new[] { package.Path, package.SymbolsPath })]);
        }
    }

    private void Push(IReadOnlyList<string> files)
    {
        IReadOnlyDictionary<string, string> environment = PushCommand.Environment(key);
        var done = new List<string>();
        foreach (string file in files)
        {
            CommandResult result = dotNet(PushCommand.Arguments(file, feed), environment);
            if (result.ExitCode != 0)
            {
                throw Refused(file, done);
            }

            if (PushCommand.Sent(file, result))
            {
                done.Add(Path.GetFileName(file));
            }
            else
            {
                log($"{Path.GetFileName(file)} was not published: '{feed.Address}' takes no symbol packages.");
            }
        }
    }

    private BuildFailedException Refused(string file, List<string> done) => new(
        $"'{feed.Address}' did not accept {Path.GetFileName(file)}; the lines above say why. "
        + $"On the feed before it: {(done.Count == 0 ? "nothing" : string.Join(", ", done))}. "
        + "Mend that and publish again: what is there already is left as it is. If a right key was refused, "
        + "look at 'dotnet nuget --version': before 7.6, NuGet does not read it from the environment.");
}
