using Quickstart;

namespace ProDev.Quickstart.Tests.Run;

public sealed class BadInputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_is_written_to_the_output_when_it_is_asked_for()
    {
        var (exitCode, output, error) = await QuickstartProcess.RunAsync("--help");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(CommandLine.HelpText + "\n", output);
    }

    [Fact]
    public async Task Wrong_option_ends_with_2_and_names_the_nearest()
    {
        var (exitCode, output, error) = await QuickstartProcess.RunAsync("--databse", _folder["atlas.db"]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal("The option '--databse' is unknown. The nearest one is '--database'. See --help.\n", error);
    }

    [Fact]
    public async Task Unwritable_path_ends_with_1_and_is_named()
    {
        File.WriteAllText(_folder["file"], "");

        var (exitCode, _, error) = await QuickstartProcess.RunAsync("--database", _folder["file/atlas.db"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"The database '{_folder["file/atlas.db"]}' cannot be used: ", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requires", "POSIX")]
    public async Task Device_ends_with_1_and_is_named()
    {
        var (exitCode, _, error) = await QuickstartProcess.RunAsync("--database", "/dev/null");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The database '/dev/null' cannot be used: ", error, StringComparison.Ordinal);
        Assert.EndsWith(AtlasFileException.ChooseAnother + "\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_database_ends_with_1_and_stays_as_it_is()
    {
        File.WriteAllText(_folder["notes.txt"], "my notes, not a database");

        var (exitCode, _, error) = await QuickstartProcess.RunAsync("--database", _folder["notes.txt"]);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"The database '{_folder["notes.txt"]}' cannot be used: it is no SQLite database, and was left as it is. {AtlasFileException.ChooseAnother}\n",
            error);
        Assert.Equal("my notes, not a database", File.ReadAllText(_folder["notes.txt"]));
    }

    [Fact]
    public async Task Damaged_database_ends_with_1_and_stays_as_it_is()
    {
        var content = "SQLite format 3\0 and then nothing that makes sense".PadRight(8192, '!');
        File.WriteAllText(_folder["atlas.db"], content);

        var (exitCode, _, error) = await QuickstartProcess.RunAsync("--database", _folder["atlas.db"]);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"The database '{_folder["atlas.db"]}' cannot be used: it is damaged, and was left as it is. {AtlasFileException.ChooseAnother}\n", error);
        Assert.Equal(content, File.ReadAllText(_folder["atlas.db"]));
    }

    [Fact]
    public async Task Database_of_another_program_ends_with_1_and_stays_as_it_is()
    {
        File.WriteAllBytes(_folder["other.db"], []);
        AtlasProbe.Execute(_folder["other.db"], "CREATE TABLE Cities (Note TEXT); INSERT INTO Cities VALUES ('precious')");
        var content = File.ReadAllBytes(_folder["other.db"]);

        var (exitCode, _, error) = await QuickstartProcess.RunAsync("--database", _folder["other.db"]);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"The database '{_folder["other.db"]}' cannot be used: it holds the tables of another program, and was left as it is. {AtlasFileException.ChooseAnother}\n",
            error);
        Assert.Equal(content, File.ReadAllBytes(_folder["other.db"]));
    }

    [Fact]
    public async Task Damaged_data_file_ends_with_1_and_is_named_before_anything_is_written()
    {
        // A copy of the program, because its data lies beside it.
        foreach (var file in Directory.EnumerateFiles(QuickstartProcess.Folder))
            File.Copy(file, _folder[Path.GetFileName(file)]);
        Directory.CreateDirectory(_folder["data"]);
        foreach (var file in Directory.EnumerateFiles(TestFolder.CommittedData))
            File.Copy(file, _folder[$"data/{Path.GetFileName(file)}"]);
        File.AppendAllText(_folder["data/cities.txt.br"], "!");

        using var process = QuickstartProcess.StartIn(_folder.Path, "--database", _folder["atlas.db"]);

        Assert.Equal(1, await process.WaitAsync());
        Assert.StartsWith($"The data file '{_folder["data/cities.txt.br"]}' is damaged: it has ", process.Error, StringComparison.Ordinal);
        Assert.EndsWith("(git checkout -- samples/data) and build the Quickstart again.\n", process.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["atlas.db"]));
    }
}
