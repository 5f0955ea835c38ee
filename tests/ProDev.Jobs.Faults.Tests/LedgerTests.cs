using ProDev.Jobs.Soak;

namespace ProDev.Jobs.Faults.Tests;

public sealed class LedgerTests : IDisposable
{
    private static readonly LedgerLine Line = new(LedgerEvent.Started, "p.1", new("00000000-0000-0000-0000-000000000001"), 2, 3);

    private readonly string _folder = Directory.CreateTempSubdirectory("prodev-ledger-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LinesOfAllWritersComeBack_AndThoseOfOneByName()
    {
        var reader = new LedgerReader(_folder);
        using var first = new Ledger(_folder, "a");
        using var second = new Ledger(_folder, "b");

        first.Append(Line);
        Assert.Equal([Line], reader.Read());
        second.Append(Line with { Token = 4 }, Line with { Token = 5 });
        first.Append(Line with { Token = 6 });

        Assert.Equal([3, 6, 4, 5], reader.Read().Select(l => l.Token));
        Assert.Equal([4, 5], reader.Read("b").Select(l => l.Token));
        Assert.Empty(reader.Read("c"));
    }

    [Fact]
    public void LineIsNotRead_WhenItsProcessWasKilledWithinIt()
    {
        var reader = new LedgerReader(_folder);
        string path = Path.Combine(_folder, "a" + Ledger.Extension);
        File.WriteAllText(path, $"{Line}\n{Line.ToString()[..^1]}");
        Assert.Equal([Line], reader.Read());

        File.AppendAllText(path, "3\n");

        Assert.Equal([Line, Line], reader.Read());
    }
}
