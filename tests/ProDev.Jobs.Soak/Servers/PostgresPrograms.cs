using System.Diagnostics;

namespace ProDev.Jobs.Soak;

/// <summary>The installed programs of PostgreSQL, run as an account that the server accepts: it refuses root.</summary>
public sealed class PostgresPrograms
{
    private const string Account = "postgres";
    private static readonly string[] Parents = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    /// <exception cref="InvalidOperationException">They are not installed.</exception>
    public static PostgresPrograms Find()
    {
        IEnumerable<string> folders =
        [
            .. Parents.Where(Directory.Exists).SelectMany(static p => Directory.GetDirectories(p))
                .OrderByDescending(static p => p, StringComparer.Ordinal).Select(static p => Path.Combine(p, "bin")),
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        ];
        string? folder = folders.FirstOrDefault(static f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "pg_ctl")));
        return folder is not null
            ? new PostgresPrograms(folder)
            : throw new InvalidOperationException(
                "PostgreSQL is not installed here (initdb and pg_ctl). Faults that kill a server need one of their own: a container or a server somewhere " +
                "else cannot be killed. Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql.");
    }

    /// <summary>Gives a folder to the account that runs the server.</summary>
    public Task OwnAsync(string folder) => IsRoot ? RunAsync("chown", ["-R", Account, folder], folder) : Task.CompletedTask;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="workingFolder">Where the account may be.</param>
    /// <param name="program">Its name.</param>
    /// <param name="words">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message says what it wrote.</exception>
    public Task RunAsync(string workingFolder, string program, params string[] words)
    {
        string path = Path.Combine(_folder, program);
        return IsRoot
            ? RunAsync("setpriv", ["--reuid", Account, "--regid", Account, "--clear-groups", path, .. words], workingFolder)
            : RunAsync(path, words, workingFolder);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static async Task RunAsync(string file, IEnumerable<string> words, string workingFolder)
    {
        // To a file, not a pipe: the server inherits what pg_ctl writes to, and a pipe would not end before the server does.
        string output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("sh") { WorkingDirectory = workingFolder };
            foreach (string word in (string[])["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, file, .. words])
                start.ArgumentList.Add(word);
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"'{Path.GetFileName(file)} {string.Join(' ', words)}' ended with {process.ExitCode}: {await File.ReadAllTextAsync(output)}");
            }
        }
        finally
        {
            File.Delete(output);
        }
    }
}
