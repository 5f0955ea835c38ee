namespace ProDev.Jobs.Broker.Tests;

/// <summary>A database file in a directory of its own.</summary>
internal sealed class TempFile : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("prodev-broker-").FullName;

    public string Path => System.IO.Path.Combine(_directory, "jobs.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
