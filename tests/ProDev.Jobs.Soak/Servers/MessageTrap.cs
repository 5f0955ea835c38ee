namespace ProDev.Jobs.Soak;

/// <summary>Waits for bytes on their way to the server.</summary>
internal sealed class MessageTrap(ReadOnlyMemory<byte> bytes, bool isHeld)
{
    private readonly TaskCompletionSource _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the message is kept back; otherwise it passes, and its answer is lost.</summary>
    public bool IsHeld => isHeld;

    public Task Sprung => _sprung.Task;

    /// <summary>Whether the bytes are there. A message that a system delivers in two parts right within them is not found; over loopback it does not.</summary>
    public bool IsIn(ReadOnlySpan<byte> message) => message.IndexOf(bytes.Span) >= 0;

    public void Spring() => _sprung.TrySetResult();
}
