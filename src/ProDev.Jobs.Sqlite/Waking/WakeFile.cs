using Microsoft.Win32.SafeHandles;

namespace ProDev.Jobs.Sqlite;

/// <summary>
/// Wakes the workers of other processes: whoever has committed work writes one byte into a file that the others watch. It must not be the database
/// or its log, whose locks SQLite would lose when any handle to them is closed. Where a file cannot be watched, the workers' regular look
/// into the database finds the work.
/// </summary>
internal sealed class WakeFile : IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(2);

    private readonly string _path;
    private readonly Action _wake;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private SafeFileHandle? _file;
    private FileSystemWatcher? _watcher;
    private bool _resting;
    private bool _again;
    private bool _disposed;
    private byte _value;

    public WakeFile(string path, Action wake)
    {
        _path = Path.GetFullPath(path);
        _wake = wake;
        _timer = TimeProvider.System.CreateTimer(_ => Rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes the others: at once if this has not just happened, else a moment later, so that the last call always counts.</summary>
    public void Touch()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            if (_resting)
            {
                _again = true;
                return;
            }

            Write();
            _resting = true;
            _timer.Change(Throttle, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Begins to listen. Repeating it is harmless.</summary>
    public void Watch()
    {
        lock (_lock)
        {
            if (_watcher is not null || _disposed)
                return;
            try
            {
                Open();
                var watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!, Path.GetFileName(_path))
                {
                    NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size,
                };
                watcher.Changed += (_, _) => _wake();
                watcher.EnableRaisingEvents = true;
                _watcher = watcher;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException or ArgumentException)
            {
                // No watches left on this machine, or none at all: the workers look by themselves.
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
            _watcher?.Dispose();
            _file?.Dispose();
        }
    }

    private void Rested()
    {
        lock (_lock)
        {
            _resting = false;
            if (!_again)
                return;
            _again = false;
        }

        Touch();
    }

    private void Write()
    {
        try
        {
            Open();
            _value++;
            RandomAccess.Write(_file!, [_value], fileOffset: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The job is committed, and that is what was promised; the others find it when they look.
        }
    }

    private void Open()
        => _file ??= File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
