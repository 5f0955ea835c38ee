using System.Text;
using Microsoft.Data.Sqlite;

namespace Quickstart;

/// <summary>The two files of a run: the database, and the job store beside it. Temporary files are deleted at the end.</summary>
internal sealed class AtlasFiles : IDisposable
{
    private static readonly byte[] SqliteHeader = Encoding.ASCII.GetBytes("SQLite format 3\0");

    private readonly string? _temporaryFolder;

    private AtlasFiles(string database, string? temporaryFolder)
    {
        Database = database;
        _temporaryFolder = temporaryFolder;
    }

    public string Database { get; }

    public string Jobs => Database + "-jobs";

    public bool IsTemporary => _temporaryFolder is not null;

    /// <summary>Chooses the files and checks that nothing else is there. Changes nothing but missing folders.</summary>
    /// <param name="path">Where to keep the database; null for a temporary folder.</param>
    /// <exception cref="AtlasFileException">The path cannot hold the database.</exception>
    public static AtlasFiles Choose(string? path)
    {
        try
        {
            if (path is null)
            {
                var folder = Directory.CreateTempSubdirectory("prodev-quickstart-").FullName;
                return new AtlasFiles(Path.Combine(folder, "atlas.db"), folder);
            }

            var database = Path.GetFullPath(path);
            if (Directory.Exists(database))
                throw new AtlasFileException(database, "it is a folder. Name a file in it, for example 'atlas.db'.");

            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            var files = new AtlasFiles(database, temporaryFolder: null);
            RequireSqlite(files.Database);
            RequireSqlite(files.Jobs);
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AtlasFileException(path ?? Path.GetTempPath(), $"{e.Message.TrimEnd('.')}. {AtlasFileException.ChooseAnother}", e);
        }
    }

    public void Dispose()
    {
        // Pooled connections hold the files open, and Windows deletes no open file.
        SqliteConnection.ClearAllPools();
        if (_temporaryFolder is null)
            return;

        try
        {
            Directory.Delete(_temporaryFolder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The temporary folder '{_temporaryFolder}' could not be deleted: {e.Message} Delete it by hand.");
        }
    }

    // SQLite itself would notice only at the first statement, and takes an empty file for a new database.
    private static void RequireSqlite(string path)
    {
        if (!File.Exists(path))
            return;

        using var content = File.OpenRead(path);
        Span<byte> header = stackalloc byte[SqliteHeader.Length];
        var read = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read > 0 && !header[..read].SequenceEqual(SqliteHeader))
            throw new AtlasFileException(path, $"it is no SQLite database, and was left as it is. {AtlasFileException.ChooseAnother}");
    }
}
