using System.Diagnostics;
using System.Runtime.Versioning;

namespace ProDev.Build.Tests;

/// <summary>The script's own logic. No server is started: ProDev.Services.Tests talk to the real ones.</summary>
[Trait("Requires", "POSIX")]
[UnsupportedOSPlatform("windows")]
public sealed class ServicesScriptTests : IDisposable
{
    private static readonly (string, string)[] AllGiven =
    [
        ("PRODEV_TEST_POSTGRES", "Host=db.example;Password=it's $HOME"),
        ("PRODEV_TEST_REDIS", "cache.example:6379"),
        ("PRODEV_TEST_RABBITMQ", "amqp://broker.example"),
    ];

    private readonly TemporaryDirectory _temporary = new();

    private string Services => _temporary.Combine("services");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task GivenConnectionStringsAreUsedAndNothingIsStarted()
    {
        var run = await ServicesScriptRun.RunAsync(Services, "up", AllGiven);

        Assert.Equal(
            """
            postgres  given by PRODEV_TEST_POSTGRES; nothing started
            redis     given by PRODEV_TEST_REDIS; nothing started
            rabbitmq  given by PRODEV_TEST_RABBITMQ; nothing started

            """,
            run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["lock"], Directory.GetFileSystemEntries(Services).Select(Path.GetFileName));
    }

    [Fact]
    public async Task EnvPrintsGivenStringsSoThatAShellReadsThemBackUnchanged()
    {
        var run = await ServicesScriptRun.RunAsync(Services, "env", AllGiven);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(AllGiven.ToDictionary(v => v.Item1, v => v.Item2), ServicesEnvironment.Parse(run.Output));
    }

    [Fact]
    public async Task EnvNamesWhatIsNotRunningAndReturnsThree()
    {
        var run = await ServicesScriptRun.RunAsync(Services, "env", AllGiven[1]);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("export PRODEV_TEST_REDIS='cache.example:6379'\n", run.Output);
        Assert.Equal("services: Not running: postgres rabbitmq. Start them with 'build/services.sh up'.\n", run.Error);
    }

    [Fact]
    public async Task StatusNamesTheSourceOfEachServerAndReturnsThreeWhenOneIsMissing()
    {
        var run = await ServicesScriptRun.RunAsync(Services, "status", AllGiven[0]);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("postgres  given by PRODEV_TEST_POSTGRES\nredis     not running\nrabbitmq  not running\n", run.Output);
    }

    [Fact]
    public async Task StringOfAStoppedServerOfOursIsNotTakenForAGivenOne()
    {
        // What a shell still holds that evaluated `env` before `down`.
        _temporary.Write("services/issued", "cache.example:6379\n");

        var run = await ServicesScriptRun.RunAsync(Services, "env", AllGiven);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("services: Not running: redis. Start them with 'build/services.sh up'.\n", run.Error);
    }

    [Fact]
    public async Task DownDoesNothingWhenNothingRuns()
    {
        var run = await ServicesScriptRun.RunAsync(Services, "down");

        Assert.Equal(new ServicesScriptRun(0, "", ""), run);
    }

    [Theory]
    [InlineData("", "services: services.sh needs a verb. Use one of: up, down, status, env.\n")]
    [InlineData("bogus", "services: 'bogus' is not a verb of services.sh. Use one of: up, down, status, env.\n")]
    [InlineData("stop", "services: 'stop' is not a verb of services.sh. Did you mean 'down'? Use one of: up, down, status, env.\n")]
    [InlineData("up now", "services: services.sh takes one verb, but got 'up now'. Use one of: up, down, status, env.\n")]
    public async Task WrongVerbIsRefusedWithTheAllowedOnes(string arguments, string message)
    {
        var run = await ServicesScriptRun.RunAsync(Services, arguments);

        Assert.Equal(new ServicesScriptRun(2, "", message), run);
    }

    [Theory]
    [InlineData("PRODEV_SERVICES_FROM", "dockr", "Allowed are 'installed' and 'docker', separated by a comma.")]
    [InlineData("PRODEV_SERVICES_TIMEOUT", "soon", "It must be a whole number of seconds from 1 on.")]
    [InlineData("PRODEV_SERVICES_TIMEOUT", "0", "It must be a whole number of seconds from 1 on.")]
    public async Task WrongSettingIsRefusedWithTheAllowedValues(string name, string value, string remedy)
    {
        var run = await ServicesScriptRun.RunAsync(Services, "up", (name, value));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{value}'", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(remedy + "\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingServerIsNamedWithItsRemedyWhenNoSourceHasIt()
    {
        // Only containers are allowed, and the docker found first answers as if no engine ran.
        var path = FakeDocker("exit 1");

        var run = await ServicesScriptRun.RunAsync(Services, "up", [.. AllGiven[..2], ("PRODEV_SERVICES_FROM", "docker"), path]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            """
            services: No server to start, and no Docker engine to run it in (looked at: docker):
              rabbitmq: set PRODEV_TEST_RABBITMQ, or install it (Debian and Ubuntu: apt-get install rabbitmq-server; macOS: brew install rabbitmq)
            or start a Docker engine; build/compose.services.yaml holds all three.

            """,
            run.Error);
    }

    [Fact]
    public async Task ContainersAreStartedOnTheirOwnPortsAndRemovedByDown()
    {
        var calls = _temporary.Combine("calls");
        var path = FakeDocker($"""
            printf '%s\n' "$*" >> '{calls}'
            case " $* " in *' port redis '*) echo 127.0.0.1:1 ;; *' port rabbitmq '*) echo 127.0.0.1:2 ;; esac
            """);
        (string, string)[] settings = [AllGiven[0], ("PRODEV_SERVICES_FROM", "docker"), path];

        var up = await ServicesScriptRun.RunAsync(Services, "up", settings);
        var down = await ServicesScriptRun.RunAsync(Services, "down", settings);

        Assert.Equal((0, ""), (up.ExitCode, up.Error));
        Assert.Matches(@"redis +started in \d+ s on 127\.0\.0\.1:1 \(container\)\nrabbitmq +started in \d+ s on 127\.0\.0\.1:2 ", up.Output);
        Assert.Equal("redis     stopped\nrabbitmq  stopped\n", down.Output);
        var log = await File.ReadAllTextAsync(calls);
        Assert.Matches(@"compose --project-name prodev-\d+ --file .*compose\.services\.yaml up --detach --wait --wait-timeout 60 redis rabbitmq\n", log);
        Assert.Matches(@"compose --project-name prodev-\d+ --file .*compose\.services\.yaml down --volumes", log);
        Assert.Empty(Directory.GetFiles(Services, "*.state"));
    }

    [Fact]
    public async Task FailingEngineIsReportedWithItsWords()
    {
        var path = FakeDocker("""case " $* " in *' up '*) echo 'no space left' >&2; exit 9 ;; esac""");

        var run = await ServicesScriptRun.RunAsync(Services, "up", ("PRODEV_SERVICES_FROM", "docker"), path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The containers postgres redis rabbitmq did not start.", run.Error, StringComparison.Ordinal);
        Assert.Contains("  | no space left", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProcessOfSomebodyElseSurvives_WhenAStalePidFileNamesIt()
    {
        // What a crash leaves behind: state, data and a pid that now belongs to another process, which works elsewhere.
        using var stranger = Process.Start(new ProcessStartInfo("sleep", "600") { UseShellExecute = false, WorkingDirectory = "/" })!;
        try
        {
            var home = LeaveBehind("redis", stranger.Id);

            var status = await ServicesScriptRun.RunAsync(Services, "status");
            var down = await ServicesScriptRun.RunAsync(Services, "down");

            Assert.Contains("redis     does not answer", status.Output, StringComparison.Ordinal);
            Assert.Equal(0, down.ExitCode);
            Assert.False(stranger.HasExited);
            Assert.False(Directory.Exists(home));
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task OwnProcessIsStopped_WhenItWorksInItsHome()
    {
        var home = Directory.CreateDirectory(_temporary.Combine("services", "redis")).FullName;
        using var server = Process.Start(new ProcessStartInfo("sleep", "600") { UseShellExecute = false, WorkingDirectory = home })!;
        LeaveBehind("redis", server.Id);

        var down = await ServicesScriptRun.RunAsync(Services, "down");

        await server.WaitForExitAsync();
        Assert.Equal(new ServicesScriptRun(0, "redis     stopped\n", ""), down);
    }

    [Fact]
    public async Task DirectoryWithoutOurMarkIsNotRemoved()
    {
        var home = LeaveBehind("redis", pid: 0);
        File.Delete(Path.Combine(home, ".prodev-services"));

        await ServicesScriptRun.RunAsync(Services, "down");

        Assert.True(Directory.Exists(home));
    }

    [Fact]
    public async Task StateIsReadableByItsOwnerOnly()
    {
        await ServicesScriptRun.RunAsync(
            Services, "up", AllGiven[0], AllGiven[1], ("PRODEV_SERVICES_FROM", "docker"), FakeDocker("exit 0"));

        var mode = File.GetUnixFileMode(Path.Combine(Services, "rabbitmq.state"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public void FailureCarriesTheWordsOfTheScript()
    {
        var script = new ServicesScript(RepositoryRoot.Path);
        script.Settings["PRODEV_SERVICES_DIR"] = Services;
        script.Settings["PRODEV_SERVICES_TIMEOUT"] = "never";

        var error = Assert.Throws<ServicesException>(() => script.Start(static _ => { }));

        Assert.Equal(
            "build/services.sh up ended with exit code 2.\n" +
            "services: PRODEV_SERVICES_TIMEOUT is 'never'. It must be a whole number of seconds from 1 on.",
            error.Message);
    }

    [Fact]
    public void StartReturnsTheConnectionStringsAndLogsProgress()
    {
        var script = new ServicesScript(RepositoryRoot.Path);
        script.Settings["PRODEV_SERVICES_DIR"] = Services;
        foreach (var (name, value) in AllGiven)
            script.Settings[name] = value;
        var lines = new List<string>();

        var variables = script.Start(lines.Add);

        Assert.Equal("cache.example:6379", variables["PRODEV_TEST_REDIS"]);
        Assert.Equal(3, lines.Count);
    }

    [Fact]
    public void WrongRootIsNamed()
    {
        var error = Assert.Throws<ServicesException>(() => new ServicesScript(_temporary.Path).Stop(static _ => { }));

        Assert.Contains(_temporary.Path, error.Message, StringComparison.Ordinal);
    }

    private string LeaveBehind(string name, int pid)
    {
        var home = _temporary.Combine("services", name);
        _temporary.Write($"services/{name}/.prodev-services", "");
        _temporary.Write($"services/{name}/{name}.pid", $"{pid}\n");
        _temporary.Write($"services/{name}.state", $"from=installed\nhome={home}\nport=1\nurl=somewhere\n");
        return home;
    }

    private (string Name, string Value) FakeDocker(string body)
    {
        var docker = _temporary.Write("bin/docker", $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return ("PATH", $"{Path.GetDirectoryName(docker)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");
    }
}
