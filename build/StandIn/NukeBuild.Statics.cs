using Nuke.Common.IO;
using ProDev.Build.StandIn;

namespace Nuke.Common;

public abstract partial class NukeBuild
{
    /// <summary>The folder that holds <c>.nuke</c>, found upwards from the working directory, or given by <c>--root</c>.</summary>
    [Parameter("The folder to build. Default is the nearest one upwards that holds '.nuke'.", Name = "Root")]
    public static AbsolutePath RootDirectory => Locations.Root;

    /// <summary>A folder for temporary files, <c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory => (RootDirectory / ".nuke" / "temp").CreateDirectory();

    /// <summary>How much is printed.</summary>
    [Parameter("How much is printed: Verbose, Normal, Minimal or Quiet. Default is 'Normal'.")]
    public static Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>Whether no build server runs this build.</summary>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <summary>Whether a build server runs this build, told by the variables such servers set.</summary>
    public static bool IsServerBuild => Locations.IsBuildServer;
}
