using Microsoft.Extensions.Time.Testing;
using ProDev.Shared.Waking;

namespace ProDev.Jobs.Tests;

public sealed class EndSignalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly EndSignal _signal = new();
    private readonly Guid _job = Guid.CreateVersion7();

    [Fact]
    public async Task OnlyThoseOfTheJobAreWoken_WhenItEnds()
    {
        Task first = WaitAsync(_job);
        Task second = WaitAsync(_job);
        Task any = WaitAsync(null);
        Task other = WaitAsync(Guid.CreateVersion7());

        _signal.Pulse([_job]);

        await Task.WhenAll(first, second, any).WaitAsync(Hang);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task EverybodyIsWoken_WhenAnyJobMayHaveEnded()
    {
        Task one = WaitAsync(_job);
        Task other = WaitAsync(Guid.CreateVersion7());

        _signal.PulseAll();

        await Task.WhenAll(one, other).WaitAsync(Hang);
    }

    [Fact]
    public async Task WhoWaitsAgainIsWokenAgain_WhenAnotherStillWaitsOrHasGivenUp()
    {
        using var enough = new CancellationTokenSource();
        Task given = _signal.WaitAsync(_job, Limit, _time, enough.Token);
        Task kept = WaitAsync(_job);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.WaitAsync(Hang));

        _signal.Pulse([_job]);
        await kept.WaitAsync(Hang);
        Task again = WaitAsync(_job);
        Assert.False(again.IsCompleted);
        _signal.Pulse([_job]);

        await again.WaitAsync(Hang);
    }

    [Fact]
    public async Task WaitEnds_WhenTheLimitHasPassed()
    {
        Task waiting = WaitAsync(_job);

        _time.Advance(Limit);

        await waiting.WaitAsync(Hang);
    }

    private Task WaitAsync(Guid? id) => _signal.WaitAsync(id, Limit, _time, CancellationToken.None);
}
