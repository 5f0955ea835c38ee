using System.Runtime.CompilerServices;

namespace ProDev.Caching.Tests;

/// <summary>
/// Compares generated code with the file of the test's name under Snapshots. A difference is written beside it as
/// <c>.received.txt</c>: look at it, and rename it to <c>.verified.txt</c> if it is what you want.
/// </summary>
internal static class Snapshot
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "ProDev.Caching.Tests", "Generator", "Snapshots");

    public static void Matches(string text, [CallerMemberName] string name = "")
    {
        var verified = Path.Combine(Folder, $"{name}.verified.txt");
        var received = Path.Combine(Folder, $"{name}.received.txt");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"The generated code differs from '{verified}'. It is in '{received}'; rename that file if the change is intended.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ProDev.Lib.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds ProDev.Lib.sln.");
    }
}
