using System.Security.Cryptography;

namespace ProDev.Build;

/// <summary>A folder that serves as a feed: the files lie in it side by side, as <c>dotnet restore --source FOLDER</c> reads them.</summary>
public static class FolderFeed
{
    /// <summary>
    /// Copies files into the folder. All are checked before the first is copied, and each appears under its name only when it is whole.
    /// A file that is there with the same bytes is left.
    /// </summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="files">The files, in the order in which they are to appear.</param>
    /// <param name="log">Receives a line for each file.</param>
    /// <exception cref="BuildFailedException">A file is there with other bytes, or cannot be read or written.</exception>
    public static void Add(string folder, IReadOnlyCollection<string> files, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(log);
        string mark = $".{Guid.NewGuid():n}.part";
        string Target(string file) => Path.Combine(folder, Path.GetFileName(file));
        try
        {
            string[] present = [.. files.Where(file => File.Exists(Target(file)))];
            RequireSameBytes([.. present.Where(file => !HasSameBytes(file, Target(file))).Select(Target)]);
            foreach (string file in present)
            {
                log($"{Path.GetFileName(file)} is there already, with the same content.");
            }

            string[] missing = [.. files.Except(present, StringComparer.Ordinal)];
            foreach (string file in missing)
            {
                File.Copy(file, Target(file) + mark);
            }

            foreach (string file in missing)
            {
                File.Move(Target(file) + mark, Target(file));
                log($"{Path.GetFileName(file)} was copied to '{folder}'.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BuildFailedException(
                $"The packages could not be copied to '{folder}': {exception.Message} Mend that and publish again: what is there already is left as it is.");
        }
        finally
        {
            foreach (string rest in Directory.EnumerateFiles(folder, "*" + mark))
            {
                File.Delete(rest);
            }
        }
    }

    private static void RequireSameBytes(IReadOnlyCollection<string> others)
    {
        if (others.Count > 0)
        {
            throw new BuildFailedException(
                $"Other packages of this version are on the feed: '{string.Join("', '", others)}'. A published version is never changed, "
                + "and to pack again gives other bytes, also from the same code. "
                + "Raise the version (VersionPrefix or VersionSuffix in Directory.Build.props), or delete those files if nobody uses them. Nothing was copied.");
        }
    }

    private static bool HasSameBytes(string left, string right)
    {
        using FileStream one = File.OpenRead(left), other = File.OpenRead(right);
        return one.Length == other.Length && SHA256.HashData(one).AsSpan().SequenceEqual(SHA256.HashData(other));
    }
}
