using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Puts the writers of all processes in line. SQLite's own lock has no queue, so a process that writes without pause takes it again and again while
/// others starve; the lock of this file has one. Whoever has the turn is next to begin a transaction, and passes the turn on once it has begun.
/// It only decides who is next: where it is missing (Windows, a file that cannot be opened), writers take their chances, and nothing else changes.
/// </summary>
internal sealed partial class Turnstile(string path) : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4;

    private SafeFileHandle? _file;
    private bool _missing = OperatingSystem.IsWindows();

    /// <summary>Waits for the turn, at most for the given time. Returns whether it must be passed on with <see cref="Leave"/>.</summary>
    public async ValueTask<bool> EnterAsync(TimeSpan timeout)
    {
        if (!Open())
            return false;
        if (Flock(_file!, Exclusive | DoNotWait) == 0)
            return true;

        // Waiting in the kernel's line blocks a thread: one of the pool, never the caller's.
        Task<bool> waiting = Task.Run(() => Wait(_file!));
        try
        {
            return await waiting.WaitAsync(timeout, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _ = LeaveWhenEnteredAsync(waiting);
            return false;
        }
    }

    public void Leave() => _ = Flock(_file!, Unlock);

    public void Dispose() => _file?.Dispose();

    private async Task LeaveWhenEnteredAsync(Task<bool> waiting)
    {
        if (!await waiting.ConfigureAwait(false))
            return;
        try
        {
            Leave();
        }
        catch (ObjectDisposedException)
        {
            // Closing the file has passed the turn on.
        }
    }

    private static bool Wait(SafeFileHandle file)
    {
        try
        {
            while (Flock(file, Exclusive) != 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                    return false;
            }

            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private bool Open()
    {
        if (_file is not null || _missing)
            return !_missing;
        try
        {
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

            // The runtime holds a shared lock of its own on every open file; with it nobody would ever get a turn.
            Leave();
            return true;
        }
        catch (IOException)
        {
            // Somebody has the turn at this moment, which the runtime takes for a conflict. The next transaction tries again.
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            _missing = true;
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
