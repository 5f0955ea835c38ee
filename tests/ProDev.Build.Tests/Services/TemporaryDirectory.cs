namespace ProDev.Build.Tests;

/// <summary>A directory for one test, with a space in its path, removed afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("prodev-test-");

    public TemporaryDirectory() => Path = _parent.CreateSubdirectory("with a space").FullName;

    public string Path { get; }

    public string Combine(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, string text)
    {
        var file = Combine(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
