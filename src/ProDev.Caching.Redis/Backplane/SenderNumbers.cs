namespace ProDev.Caching.Redis;

/// <summary>
/// The last number heard from each sender, by which a gap is noticed. A sender not heard of before begins at zero, so whoever is met in the
/// middle of its numbers counts as a gap: what it sent before may have been lost on its side. Safe for use by any number of threads.
/// </summary>
internal sealed class SenderNumbers(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (long Last, long HeardAt)> _senders = [];

    /// <summary>Notes a message; answers whether something is missing before it.</summary>
    public bool IsGap(in BackplaneMessage message)
    {
        // A heartbeat repeats the number of the last notice, a notice has one of its own.
        var before = message.Kind == BackplaneMessageKind.Heartbeat ? message.Number : message.Number - 1;
        lock (_gate)
        {
            var last = _senders.GetValueOrDefault(message.Node).Last;
            _senders[message.Node] = (Math.Max(last, message.Number), time.GetTimestamp());
            return before > last;
        }
    }

    /// <summary>Forgets senders that have been silent for so long.</summary>
    public void Forget(TimeSpan silence)
    {
        lock (_gate)
        {
            foreach (var (node, sender) in _senders)
            {
                if (time.GetElapsedTime(sender.HeardAt) > silence)
                    _senders.Remove(node);
            }
        }
    }
}
