namespace ProDev.Benchmarks.Tests;

public sealed class ProcessTreeTests : IDisposable
{
    private readonly DirectoryInfo _proc = Directory.CreateTempSubdirectory("prodev-proc-");

    public void Dispose() => _proc.Delete(recursive: true);

    [Fact]
    public void TimesOfTheTreeAreSummed_WithThoseOfEndedChildren()
    {
        Write(10, "postgres", parent: 1, 100, 20, 3, 4);
        Write(11, "postgres: writer (a b)", parent: 10, 1, 1, 0, 0);
        Write(12, ") R 99 (", parent: 11, 2, 0, 0, 0);
        Write(13, "stranger", parent: 1, 1000, 1000, 1000, 1000);
        Directory.CreateDirectory(Path.Combine(_proc.FullName, "self"));
        Directory.CreateDirectory(Path.Combine(_proc.FullName, "14"));

        Assert.Equal(TimeSpan.FromMilliseconds((127 + 2 + 2) * 10), ProcessTree.CpuTime([10], _proc.FullName));
    }

    [Fact]
    public void NothingIsKnownWithoutServersOrWithoutProc()
    {
        Assert.Null(ProcessTree.CpuTime([], _proc.FullName));
        Assert.Null(ProcessTree.CpuTime([1], Path.Combine(_proc.FullName, "none")));
    }

    private void Write(int pid, string name, int parent, params int[] times) => File.WriteAllText(
        Path.Combine(_proc.CreateSubdirectory($"{pid}").FullName, "stat"),
        $"{pid} ({name}) S {parent} 1 1 0 -1 0 0 0 0 0 {string.Join(' ', times)} 20 0 1 0 5 0 0\n");
}
