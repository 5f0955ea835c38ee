namespace ProDev.Retry.Tests;

public sealed class CircuitCallbacksTests
{
    private const int Rounds = 20_000;

    /// <summary>One caller has just told the last change when another notes the next one: one of them has to tell it.</summary>
    [Fact]
    public async Task NoChangeStaysUntold_WhenCallersAnnounceAtTheSameMoment()
    {
        var callbacks = new CircuitCallbacks("shop");
        var told = 0;
        var untold = 0;
        using var round = new Barrier(2, _ =>
        {
            // Nobody announces at this moment.
            if (told % 2 != 0)
                untold++;
        });

        await Crowd.RunAsync(2, _ =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                callbacks.Enqueue(default);
                callbacks.Announce(_ => Interlocked.Increment(ref told));
                round.SignalAndWait();
            }
        });

        Assert.Equal(0, untold);
        Assert.Equal(2 * Rounds, told);
    }
}
