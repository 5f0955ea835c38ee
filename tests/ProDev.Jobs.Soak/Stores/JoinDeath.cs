using System.Diagnostics;
using System.Globalization;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Kills its own process (SIGKILL) when it ends a member of a group for the n-th time: before the store is asked, while the store is at it, or after the store
/// has done it and before anybody knows. From outside nobody could meet these moments.
/// </summary>
/// <param name="Moment">Which moment.</param>
/// <param name="Count">At which call.</param>
public sealed record JoinDeath(JoinMoment Moment, int Count)
{
    private int _calls;

    public bool IsNow() => Interlocked.Increment(ref _calls) == Count;

    public void Before() => DieAt(JoinMoment.Before);

    public async Task DuringAsync()
    {
        if (Moment != JoinMoment.During)
            return;
        await Task.Delay(Random.Shared.Next(0, 4));
        Die();
    }

    public void After() => DieAt(JoinMoment.After);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Moment}:{Count}");

    public static JoinDeath Parse(string text)
    {
        string[] parts = text.Split(':');
        return new JoinDeath(Enum.Parse<JoinMoment>(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private void DieAt(JoinMoment moment)
    {
        if (Moment == moment)
            Die();
    }

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
