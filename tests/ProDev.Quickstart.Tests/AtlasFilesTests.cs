using Quickstart;

namespace ProDev.Quickstart.Tests;

public sealed class AtlasFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Temporary_folder_is_deleted_at_the_end_with_all_it_holds()
    {
        string database;
        using (var files = AtlasFiles.Choose(null))
        {
            database = files.Database;
            Assert.True(files.IsTemporary);
            File.WriteAllText(files.Database, "");
            File.WriteAllText(files.Jobs, "");
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(database)));
    }

    [Fact]
    public void Chosen_file_stays_and_missing_folders_are_made()
    {
        using (var files = AtlasFiles.Choose(_folder["a/b/atlas.db"]))
        {
            Assert.False(files.IsTemporary);
            Assert.Equal(_folder["a/b/atlas.db"], files.Database);
            Assert.Equal(_folder["a/b/atlas.db-jobs"], files.Jobs);
            File.WriteAllText(files.Database, "");
        }

        Assert.True(File.Exists(_folder["a/b/atlas.db"]));
    }

    [Fact]
    public void Folder_is_refused_with_an_example()
    {
        var fault = Assert.Throws<AtlasFileException>(() => AtlasFiles.Choose(_folder.Path));

        Assert.Equal($"The database '{_folder.Path}' cannot be used: it is a folder. Name a file in it, for example 'atlas.db'.", fault.Message);
    }

    [Theory]
    [InlineData("atlas.db", "atlas.db")]
    [InlineData("atlas.db-jobs", "atlas.db")]
    public void File_of_another_kind_is_refused_and_left_as_it_is(string name, string path)
    {
        File.WriteAllText(_folder[name], "my notes, not a database");

        var fault = Assert.Throws<AtlasFileException>(() => AtlasFiles.Choose(_folder[path]));

        Assert.Equal(
            $"The database '{_folder[name]}' cannot be used: it is no SQLite database, and was left as it is. {AtlasFileException.ChooseAnother}",
            fault.Message);
        Assert.Equal("my notes, not a database", File.ReadAllText(_folder[name]));
    }

    [Fact]
    public void Path_below_a_file_is_refused_by_name()
    {
        File.WriteAllText(_folder["file"], "");

        var fault = Assert.Throws<AtlasFileException>(() => AtlasFiles.Choose(_folder["file/atlas.db"]));

        Assert.StartsWith($"The database '{_folder["file/atlas.db"]}' cannot be used: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(AtlasFileException.ChooseAnother, fault.Message, StringComparison.Ordinal);
    }
}
