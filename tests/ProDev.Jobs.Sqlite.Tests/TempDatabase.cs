namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>A directory of its own for one test.</summary>
public sealed class TempDatabase : IDisposable
{
    public TempDatabase() => Directory = System.IO.Directory.CreateTempSubdirectory("prodev-jobs-").FullName;

    public string Directory { get; }

    public string Path => System.IO.Path.Combine(Directory, "jobs.db");

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
