using Microsoft.Extensions.Time.Testing;

namespace ProDev.Http.Tests;

/// <summary>A fake clock that tells when the code under test waits for it.</summary>
internal sealed class SignallingTimeProvider : FakeTimeProvider
{
    private readonly SemaphoreSlim _timers = new(0);

    public Task TimerIsSet() => _timers.WaitAsync();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Release();
        return timer;
    }
}
