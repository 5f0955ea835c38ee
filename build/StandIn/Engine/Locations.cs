using Nuke.Common.IO;

namespace ProDev.Build.StandIn;

/// <summary>Where the build runs.</summary>
internal static class Locations
{
    private const string Marker = ".nuke";

    private static readonly string[] BuildServerVariables = ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL"];

    public static AbsolutePath Root { get; } = FindRoot(
        CommandLine.Parse(BuildInput.OfThisProcess().Arguments).Values("Root"), Environment.CurrentDirectory);

    public static bool IsBuildServer { get; } =
        BuildServerVariables.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    /// <summary>The given folder, or the nearest one upwards that holds the marker.</summary>
    internal static AbsolutePath FindRoot(IReadOnlyList<string>? given, string workingDirectory)
    {
        if (given is { Count: > 0 })
        {
            return Path.GetFullPath(given[0], workingDirectory);
        }

        for (DirectoryInfo? folder = new(workingDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new BuildException(
            $"No folder named '{Marker}' was found in '{workingDirectory}' or above it. Run the build inside the repository, or give its folder with --root.");
    }
}
