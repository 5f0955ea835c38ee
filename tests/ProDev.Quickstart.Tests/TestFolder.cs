namespace ProDev.Quickstart.Tests;

/// <summary>An empty folder that is deleted at the end.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("prodev-quickstart-tests-").FullName;

    /// <summary>The full path of a file, with the system's own separators, as the Quickstart prints it.</summary>
    public string this[string name] => System.IO.Path.GetFullPath(name, Path);

    public TestFolder WithData()
    {
        foreach (var file in Directory.EnumerateFiles(CommittedData))
            File.Copy(file, this[System.IO.Path.GetFileName(file)]);

        return this;
    }

    /// <summary>The data files as the Quickstart got them from samples/data.</summary>
    public static string CommittedData => System.IO.Path.Combine(AppContext.BaseDirectory, "data");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
