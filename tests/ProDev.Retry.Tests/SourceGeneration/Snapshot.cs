using System.Runtime.CompilerServices;

namespace ProDev.Retry.Tests;

/// <summary>
/// Compares generated code with a reviewed file. Set PRODEV_UPDATE_SNAPSHOTS=1 to write the files anew, then read the difference.
/// </summary>
internal static class Snapshot
{
    private const string Folder = "SourceGeneration/Snapshots";

    public static void Matches(string actual, [CallerMemberName] string name = "")
    {
        if (Environment.GetEnvironmentVariable("PRODEV_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(Path.Combine(SourceFolder(), $"{name}.txt"), actual);

        var reviewed = Path.Combine(AppContext.BaseDirectory, Folder, $"{name}.txt");
        Assert.True(File.Exists(reviewed), $"There is no snapshot '{name}.txt'. Run the tests with PRODEV_UPDATE_SNAPSHOTS=1, review the file, build again.");
        Assert.Equal(File.ReadAllText(reviewed).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }

    private static string SourceFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ProDev.Lib.sln")))
            root = root.Parent;
        return Path.Combine(root!.FullName, "tests/ProDev.Retry.Tests", Folder);
    }
}
