namespace ProDev.Build.Tests;

/// <summary>The root of the repository that these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "ProDev.Lib.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException($"No directory above \"{AppContext.BaseDirectory}\" holds ProDev.Lib.sln.");
    }
}
