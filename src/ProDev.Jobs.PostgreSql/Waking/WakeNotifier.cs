namespace ProDev.Jobs.PostgreSql;

/// <summary>
/// Tells the workers of other processes, after the commit, that there is work. A notification in every transaction would let them queue up at commit.
/// </summary>
internal sealed class WakeNotifier(WakeChannel channel)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly TrailingEdge _edge = new(() => channel.SendAsync(channel.Name, channel.Sender), Pause);

    public void Touch() => _edge.Touch();

    /// <inheritdoc cref="TrailingEdge.DrainAsync"/>
    public Task DrainAsync() => _edge.DrainAsync();
}
