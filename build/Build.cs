using System.Reflection;
using Nuke.Common;
using Nuke.Common.IO;
using ProDev.Build;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>
/// The build: targets and how they hang together. What they compute is in <c>ProDev.Build</c>, which knows no engine and is tested.
/// Runs on Nuke.Common 10.1.0 or on the stand-in for it, so it uses nothing that one of them lacks.
/// </summary>
internal sealed class Build : NukeBuild
{
    private static readonly string[] CleanedFolders = ["bin", "obj", "tests", "coverage", "packages", "benchmarks", "soak"];
    private static TestSummary? _tests;

    [Parameter("What to compile: Release or Debug. Default is 'Release'.")]
    private readonly string Configuration = "Release";

    [Parameter("Format: changes the files instead of only checking them.")]
    private readonly bool Fix;

    [Parameter("Test, Benchmark: leaves the test services running, so that the next run starts faster.")]
    private readonly bool KeepServices;

    [Parameter("Test, Benchmark: does without PostgreSQL, Redis and RabbitMQ, and leaves out what requires them.")]
    private readonly bool WithoutServices;

    [Parameter("Benchmark: the part of a project's name to run, as in 'Caching'. Default is all.")]
    private readonly string? Filter;

    [Parameter("Soak: how many minutes faults are injected. Default is 30.")]
    private readonly int Minutes = 30;

    [Parameter("Soak: where random numbers begin, to repeat a run. Default is another one each time.")]
    private readonly int? Seed;

    [Parameter("Publish: the folder or https address to publish the packages to.")]
    private readonly string? Feed;

    [Secret]
    [Parameter("Publish: the key of the feed. Taken from the environment variable PRODEV_FEED_KEY only.", Name = "ProdevFeedKey")]
    private readonly string? FeedKey;

    private bool _servicesStarted;

    // Services asked for by name stay: a developer wants them for the next hours.
    private bool ServicesAreNotWanted => IsInvoked(nameof(StopServices)) || (_servicesStarted && !KeepServices && !IsInvoked(nameof(Services)));

    // Servers that no suite needs would only disturb the measurement.
    private bool ServicesAreOfUse => InvokedTargets.Any(target => target.Name != nameof(Benchmark))
        || BenchmarkProject.Find(RootDirectory / "benchmarks", Filter).Any(project => project.RequiresServices);

    private static AbsolutePath Solution => RootDirectory / "ProDev.Lib.sln";
    private static AbsolutePath Artifacts => RootDirectory / "artifacts";
    private static AbsolutePath TestResults => Artifacts / "tests";
    private static AbsolutePath Packages => Artifacts / "packages";

    private Target Clean => _ => _
        .Description("Deletes what was built. Test services and the running build stay.")
        .Before(Restore)
        .Executes(() =>
        {
            foreach (string folder in CleanedFolders)
            {
                (Artifacts / folder).DeleteDirectory();
            }
        });

    private Target Restore => _ => _
        .Description("Restores tools and packages.")
        .Executes(() =>
        {
            DotNet($"tool restore", workingDirectory: RootDirectory);
            DotNet($"restore {Solution}");
        });

    // One run over the solution reaches every C# file: a test project compiles this one, too. The formatter runs source generators, but does
    // not build them, and takes what their code adds for missing where they are not there.
    private Target Format => _ => _
        .Description("Checks whitespace, style and analyzers of all C# files; --fix mends what can be mended.")
        .DependsOn(Restore)
        .Before(Compile)
        .Executes(() =>
        {
            foreach (string generator in SolutionFile.Read(Solution).Generators)
            {
                DotNet($"build {generator} --configuration Debug --no-restore --nologo --verbosity quiet");
            }

            int exitCode = 0;
            DotNet($"format {Solution} {FormatOptions.For(Fix):nq}", exitHandler: process => exitCode = process.ExitCode);
            FormatOptions.Require(exitCode);
        });

    private Target Compile => _ => _
        .Description("Compiles everything; a warning is an error.")
        .DependsOn(Restore)
        .Executes(() => DotNet($"build {Solution} --configuration {Configuration} --no-restore --nologo"));

    private Target Services => _ => _
        .Description("Starts PostgreSQL, Redis and RabbitMQ for the tests; connection strings in the environment come first.")
        .OnlyWhenDynamic(() => !WithoutServices && ServicesAreOfUse)
        .Executes(() =>
        {
            _servicesStarted = true;
            foreach ((string name, string value) in TestServices.Start(RootDirectory, PrintLine))
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        });

    private Target StopServices => _ => _
        .Description("Stops the test services that the build started.")
        .TriggeredBy(Services)
        .After(Test, Coverage, Benchmark)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => ServicesAreNotWanted)
        .Executes(() => TestServices.Stop(RootDirectory, PrintLine));

    private Target Test => _ => _
        .Description("Runs all tests with coverage and sums them up; --without-services leaves out, and names, those that need a server.")
        .DependsOn(Compile, Services)
        .Executes(() =>
        {
            TestResults.CreateOrCleanDirectory();
            IReadOnlyList<string> projects = SolutionFile.Read(Solution).TestProjects;
            TestScope scope = TestScope.ForThisMachine(WithoutServices);
            IReadOnlyList<LeftOutTest> leftOut = scope.FindLeftOut(projects.Select(TestAssembly));
            if (WithoutServices)
            {
                TestServices.Hide();
            }

            int exitCode = 0;
            DotNet(
                $"test {Solution} --configuration {Configuration} --no-build --nologo --settings {RootDirectory / "build" / "test.runsettings"} -p:TestResults={TestResults} --blame-hang-timeout 5min --blame-hang-dump-type none {scope.Arguments:nq}",
                exitHandler: process => exitCode = process.ExitCode);
            _tests = TestSummary.Read(TestResults, projects, exitCode, leftOut);
            PrintText(_tests.ToText());
            PrintText(CoverageSummary.Read(TestResults).ToText());
            if (_tests.Faults.Count > 0)
            {
                throw new BuildFailedException(_tests.ClosingLine + ". The list above names each.");
            }
        });

    private Target Coverage => _ => _
        .Description("Runs the tests and writes a coverage report for people to artifacts/coverage.")
        .DependsOn(Test)
        .Executes(() => DotNet(
            $"reportgenerator -reports:{$"{TestResults}/**/coverage.cobertura.xml"} -targetdir:{Artifacts / "coverage"} -reporttypes:Html;MarkdownSummaryGithub;Cobertura",
            workingDirectory: RootDirectory));

    private Target Pack => _ => _
        .Description("Packs all libraries to artifacts/packages and checks what is inside.")
        .DependsOn(Compile)
        .After(Test)
        .Executes(() =>
        {
            Packages.CreateOrCleanDirectory();
            DotNet($"pack {Solution} --configuration {Configuration} --no-build --nologo -p:PackageOutputPath={Packages}");
            PackageCheck.Require(PackageFile.ReadAll(Packages), SolutionFile.Read(Solution));
        });

    private Target Publish => _ => _
        .Description("Publishes the packages with their symbols to --feed; what is there already is never changed.")
        .DependsOn(Pack)
        .Requires(() => Feed)
        .Executes(() =>
        {
            var publisher = new PackagePublisher(PackageFeed.Parse(Feed, RootDirectory, FeedKey), FeedKey, RunDotNet, PrintLine);
            publisher.Publish(PackageFile.ReadAll(Packages));
        });

    private Target Benchmark => _ => _
        .Description("Runs the benchmarks and holds the results against benchmarks/gates.json; --without-services measures no suite that needs a server.")
        .DependsOn(Restore, Services)
        .Executes(() =>
        {
            if (WithoutServices)
            {
                TestServices.Hide();
            }

            var session = new BenchmarkSession(
                RootDirectory,
                (project, arguments) => DotNet($"run --configuration Release --project {project} -- {arguments:nq}"),
                PrintLine);
            BenchmarkOutcome outcome = session.Run(Filter);
            if (!outcome.Passed)
            {
                throw new BuildFailedException(outcome.Summary);
            }
        });

    private Target Soak => _ => _
        .Description("Injects faults into jobs in SQLite and in a PostgreSQL of its own for --minutes; writes artifacts/soak/report.md and fails if a job is lost.")
        .DependsOn(Restore)
        .Executes(() =>
        {
            var command = SoakCommand.Create(RootDirectory, Minutes, Seed);
            int exitCode = 0;
            DotNet(
                $"run --configuration Release --project {command.Project} -- {command.Arguments:nq}",
                exitHandler: process => exitCode = process.ExitCode);
            SoakCommand.Require(exitCode);
        });

    private Target Quickstart => _ => _
        .Description("Runs samples/Quickstart.")
        .DependsOn(Compile)
        .Executes(() => DotNet($"run --project {RootDirectory / "samples" / "Quickstart"} --configuration {Configuration} --no-build"));

    private Target Ci => _ => _
        .Description("All that a pull request must pass.")
        .DependsOn(Format, Test, Pack);

    public static int Main(string[] args)
    {
        if (CommandLineCheck.FindFaults(args, Vocabulary()) is { } faults)
        {
            Console.Error.WriteLine(faults);
            return -1;
        }

        int exitCode = Execute<Build>(build => build.Test);
        if (_tests is not null)
        {
            Console.WriteLine(_tests.ClosingLine);
        }

        return exitCode;
    }

    private static BuildVocabulary Vocabulary()
    {
        MemberInfo[] members = typeof(Build).GetMembers(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy);
        static string Name(MemberInfo member) => member.GetCustomAttribute<ParameterAttribute>()!.Name ?? member.Name;
        List<MemberInfo> parameters = [.. members.Where(member => member.GetCustomAttribute<ParameterAttribute>() is not null)];
        return new BuildVocabulary(
            [.. members.OfType<PropertyInfo>().Where(property => property.PropertyType == typeof(Target)).Select(property => property.Name)],
            [.. parameters.Select(Name)],
            [.. parameters.Where(member => member.GetCustomAttribute<SecretAttribute>() is not null).Select(Name)]);
    }

    private string TestAssembly(string project) => Artifacts / "bin" / project / Configuration.ToLowerInvariant() / (project + ".dll");

    private bool IsInvoked(string name) => InvokedTargets.Any(target => target.Name == name);

    private static CommandResult RunDotNet(string arguments, IReadOnlyDictionary<string, string> environment)
    {
        int exitCode = 0;
        string[] lines = [.. DotNet($"{arguments:nq}", environmentVariables: environment, exitHandler: process => exitCode = process.ExitCode).Select(line => line.Text)];
        return new CommandResult(exitCode, lines);
    }

    private static void PrintLine(string line) => Log.Information("{Line:l}", line);

    private static void PrintText(string text) => Console.WriteLine(text);
}
