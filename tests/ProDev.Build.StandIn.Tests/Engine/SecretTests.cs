using Nuke.Common;
using Nuke.Common.Tools.DotNet;
using Serilog;

namespace ProDev.Build.StandIn.Tests;

public sealed class SecretTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--api-key from-the-command-line")]
    public void SecretIsMaskedEverywhere_WhenTheBuildPrintsIt(string commandLine)
    {
        BuildResult result = BuildRunner.Run<LeakingBuild>(build => build.Leak, commandLine, ("API_KEY", "from-the-environment"));

        Assert.DoesNotContain("from-the", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("plain [REDACTED]", result.Output, StringComparison.Ordinal);
        Assert.Contains("log [REDACTED]", result.Output, StringComparison.Ordinal);
        Assert.Contains("pieces [REDACTED]", result.Output, StringComparison.Ordinal);
        Assert.Contains("error [REDACTED]", result.Error, StringComparison.Ordinal);
        Assert.Contains("// InvalidOperationException: thrown [REDACTED]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretOfACommandIsMasked_WhenTheCommandAndItsOutputArePrinted()
    {
        BuildResult result = BuildRunner.Run<LeakingBuild>(build => build.LeakByCommand, "", ("API_KEY", "kept"));

        Assert.DoesNotContain("no-such-word", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("> dotnet [REDACTED]", result.Output, StringComparison.Ordinal);
    }

    private sealed class LeakingBuild : NukeBuild
    {
        [Parameter]
        [Secret]
        private readonly string? ApiKey;

        public Target Leak => _ => _.Executes(() =>
        {
            Console.WriteLine("plain " + ApiKey);
            Log.Information("log {Key}", ApiKey);
            Console.Write("pieces ");
            Console.Write(ApiKey![..5]);
            Console.Out.Flush();
            Console.WriteLine(ApiKey[5..]);
            Console.Error.WriteLine("error " + ApiKey);
            throw new InvalidOperationException("thrown " + ApiKey);
        });

        public Target LeakByCommand => _ => _.Executes(() => DotNetTasks.DotNet($"{"no-such-word":r}"));
    }
}
