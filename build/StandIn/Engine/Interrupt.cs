namespace ProDev.Build.StandIn;

/// <summary>
/// Turns the first Ctrl+C into an orderly end. The processes of the build receive the same signal and end, the running target
/// fails for it, and targets assured after a failure still run. A second Ctrl+C ends the build at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    public Interrupt() => Console.CancelKeyPress += OnCancel;

    public bool Requested { get; private set; }

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs args)
    {
        args.Cancel = !Requested;
        Requested = true;
    }
}
