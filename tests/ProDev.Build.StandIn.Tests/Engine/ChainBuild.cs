using Nuke.Common;

namespace ProDev.Build.StandIn.Tests;

/// <summary>Restore, Compile, Test as most builds have them, and what hangs on them.</summary>
internal sealed class ChainBuild : NukeBuild
{
    private Target Clean => _ => _.Before(Restore).Executes(Nothing);
    private Target Restore => _ => _.Executes(Nothing);
    private Target Compile => _ => _.Description("Compiles.").DependsOn(Restore).Executes(Nothing);
    public Target Test => _ => _.DependsOn(Compile).Executes(Nothing);
    private Target Report => _ => _.TriggeredBy(Test).After(Test).Executes(Nothing);
    private Target Sign => _ => _.DependentFor(Publish).DependsOn(Compile).Executes(Nothing);
    private Target Publish => _ => _.Executes(Nothing).Triggers(Announce);
    private Target Announce => _ => _.Unlisted().Executes(() => Task.CompletedTask);
    private Target All => _ => _.DependsOn(Test, Publish);

    private static void Nothing()
    {
    }
}
