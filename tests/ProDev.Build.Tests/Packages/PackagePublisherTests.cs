using System.Net;

namespace ProDev.Build.Tests;

/// <summary>The real <c>dotnet nuget push</c> against a server on loopback, and the folder.</summary>
public sealed class PackagePublisherTests : IDisposable
{
    private const string Key = "hush-4711";

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _log = [];
    private readonly List<string> _output = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void PackagesArriveWithSymbolsAndKeyInOrderOfTheirDependencies_WhenTheServerTakesThem()
    {
        using var server = new FeedServer();
        PackageFile jobs = Package("A.Jobs", "Z.Core"), core = Package("Z.Core");

        Publisher(server).Publish([jobs, core]);

        Assert.Equal(
            [("/packages/", core.Path), ("/symbols/", core.SymbolsPath), ("/packages/", jobs.Path), ("/symbols/", jobs.SymbolsPath)],
            server.Pushes.Select(push => (push.Path, SourceOf(push, core, jobs))));
        Assert.All(server.Pushes, push => Assert.Equal(Key, push.Key));
        Assert.Empty(_log);
        AssertKeyIsNotPrinted();
    }

    [Fact]
    public void SymbolsAndOtherPackagesArrive_WhenTheServerHasAPackageAlready()
    {
        using var server = new FeedServer { Answer = push => push.IsSymbols ? HttpStatusCode.Created : HttpStatusCode.Conflict };

        Publisher(server).Publish([Package("A.Jobs", "Z.Core"), Package("Z.Core")]);

        Assert.Equal(["/packages/", "/symbols/", "/packages/", "/symbols/"], server.Pushes.Select(push => push.Path));
        Assert.Contains(_output, line => line.Contains("already exists", StringComparison.Ordinal));
        AssertKeyIsNotPrinted();
    }

    [Fact]
    public void NothingElseIsPushedAndTheStateIsNamed_WhenTheServerFails()
    {
        using var server = new FeedServer();
        PackageFile core = Package("Z.Core"), jobs = Package("A.Jobs", "Z.Core"), sqlite = Package("A.Jobs.Sqlite", "A.Jobs");
        server.Answer = push => SourceOf(push, jobs) == jobs.SymbolsPath ? HttpStatusCode.InternalServerError : HttpStatusCode.Created;

        var exception = Assert.Throws<BuildFailedException>(() => Publisher(server).Publish([sqlite, jobs, core]));

        Assert.Equal(
            $"'{server.Index}' did not accept A.Jobs.0.1.0-alpha.snupkg; the lines above say why. On the feed before it: "
            + "Z.Core.0.1.0-alpha.nupkg, Z.Core.0.1.0-alpha.snupkg, A.Jobs.0.1.0-alpha.nupkg. "
            + "Mend that and publish again: what is there already is left as it is. If a right key was refused, "
            + "look at 'dotnet nuget --version': before 7.6, NuGet does not read it from the environment.",
            exception.Message);
        Assert.DoesNotContain(server.Pushes, push => SourceOf(push, sqlite) is not null);
        Assert.Contains(_output, line => line.Contains("success: 500", StringComparison.Ordinal));
        AssertKeyIsNotPrinted();
    }

    [Fact]
    public void PackageIsRefused_WhenTheConnectionIsCutAgainAndAgain()
    {
        using var server = new FeedServer { Answer = static _ => null };

        var exception = Assert.Throws<BuildFailedException>(() => Publisher(server).Publish([Package("Z.Core")]));

        Assert.StartsWith(
            $"'{server.Index}' did not accept Z.Core.0.1.0-alpha.nupkg; the lines above say why. On the feed before it: nothing. ",
            exception.Message,
            StringComparison.Ordinal);
        AssertKeyIsNotPrinted();
    }

    [Fact]
    public void PackageIsPublished_WhenOnlyTheAnswerIsLost()
    {
        using var server = new FeedServer();
        PackageFile core = Package("Z.Core");
        server.Answer = push => push.IsSymbols ? HttpStatusCode.Created : server.Pushes.Count == 1 ? null : HttpStatusCode.Conflict;

        Publisher(server).Publish([core]);

        Assert.Equal([core.Path, core.Path, core.SymbolsPath], server.Pushes.Select(push => SourceOf(push, core)));
    }

    [Fact]
    public void MissingSymbolsAreNamed_WhenTheServerTakesNone()
    {
        using var server = new FeedServer { TakesSymbols = false };

        Publisher(server).Publish([Package("Z.Core")]);

        Assert.Single(server.Pushes);
        Assert.Equal([$"Z.Core.0.1.0-alpha.snupkg was not published: '{server.Index}' takes no symbol packages."], _log);
    }

    [Fact]
    public void NothingIsPublished_WhenAPackageHasNoSymbols()
    {
        using var server = new FeedServer();
        PackageFile lacking = new PackageBuilder(_directory, "Z.Core") { HasSymbols = false }.Build();

        var exception = Assert.Throws<BuildFailedException>(() => Publisher(server).Publish([Package("A.Jobs"), lacking]));

        Assert.Equal(
            $"There is no symbol package '{lacking.SymbolsPath}'. Run the target Pack first. Nothing was published.", exception.Message);
        Assert.Empty(server.Pushes);
    }

    [Fact]
    public void PackagesAndSymbolsAreInTheFolder_WhenTheFeedIsOne()
    {
        string folder = _directory.Combine("new", "feed");
        PackageFile jobs = Package("A.Jobs", "Z.Core"), core = Package("Z.Core");

        new PackagePublisher(PackageFeed.Parse(folder, _directory.Path, key: null), key: null, RunDotNet, _log.Add).Publish([jobs, core]);

        Assert.Equal(
            ["Z.Core.0.1.0-alpha.snupkg", "Z.Core.0.1.0-alpha.nupkg", "A.Jobs.0.1.0-alpha.snupkg", "A.Jobs.0.1.0-alpha.nupkg"],
            _log.Select(line => line.Split(' ')[0]));
        Assert.Equal(4, Directory.GetFiles(folder).Length);
        Assert.Empty(_output);
    }

    private static string? SourceOf(FeedPush push, params PackageFile[] packages) => packages
        .SelectMany(package => new[] { package.Path, package.SymbolsPath })
        .FirstOrDefault(path => push.Content.SequenceEqual(File.ReadAllBytes(path)));

    private void AssertKeyIsNotPrinted() => Assert.DoesNotContain(_output.Concat(_log), line => line.Contains(Key, StringComparison.Ordinal));

    private PackageFile Package(string id, params string[] dependencies) =>
        new PackageBuilder(_directory, id) { Dependencies = dependencies }.Build();

    private PackagePublisher Publisher(FeedServer server) =>
        new(PackageFeed.Parse(server.Index, _directory.Path, Key), Key, RunDotNet, _log.Add);

    private CommandResult RunDotNet(string arguments, IReadOnlyDictionary<string, string> environment)
    {
        DotNetRun run = DotNetRun.Run(arguments, environment);
        string[] lines = [$"dotnet {arguments}", .. run.Output.Split('\n'), .. run.Error.Split('\n')];
        _output.AddRange(lines);
        return new CommandResult(run.ExitCode, lines[1..]);
    }
}
