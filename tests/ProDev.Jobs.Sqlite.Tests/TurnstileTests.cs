namespace ProDev.Jobs.Sqlite.Tests;

/// <summary>The line of writers. Where there is none (Windows), nobody waits and nobody has a turn.</summary>
public sealed class TurnstileTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly TempDatabase _database = new();
    private readonly Turnstile _first;
    private readonly Turnstile _second;

    public TurnstileTests() => (_first, _second) = (new Turnstile(Turn), new Turnstile(Turn));

    private static bool HasTurns => !OperatingSystem.IsWindows();

    private string Turn => _database.Path + ".turn";

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task SecondWaits_UntilTheFirstPassesTheTurnOn()
    {
        await OpenAsync(_second);
        Assert.Equal(HasTurns, await _first.EnterAsync(Hang));

        Task<bool> waiting = _second.EnterAsync(Hang).AsTask();
        Assert.Equal(!HasTurns, waiting.IsCompleted);
        if (HasTurns)
            _first.Leave();

        Assert.Equal(HasTurns, await waiting.WaitAsync(Hang));
    }

    [Fact]
    public async Task TurnIsNotKept_WhenTheWaitEndedBefore()
    {
        await OpenAsync(_second);
        await _first.EnterAsync(Hang);
        Assert.False(await _second.EnterAsync(TimeSpan.FromMilliseconds(1)));
        if (HasTurns)
            _first.Leave();

        Assert.Equal(HasTurns, await _first.EnterAsync(Hang));
    }

    [Fact]
    public async Task NobodyWaits_WhenTheFileCannotBeOpened()
    {
        using var nowhere = new Turnstile(Path.Combine(_database.Directory, "missing", "jobs.turn"));

        Assert.False(await nowhere.EnterAsync(Hang));
    }

    /// <summary>Opening while somebody has the turn takes no part in the line, so it comes first.</summary>
    private static async Task OpenAsync(Turnstile turnstile)
    {
        if (await turnstile.EnterAsync(Hang))
            turnstile.Leave();
    }
}
