namespace ProDev.Caching.Internal;

/// <summary>
/// The running loads of a part of a store's keys. One lock guards them all and is held for a few instructions: looking into
/// the store again, joining, linking and publishing happen inside it, which is what makes the single flight exact.
/// </summary>
internal sealed class FlightStripe<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Flight> _flights = [];

    public Lock Lock { get; } = new();

    public Flight? First(TKey key) => _flights.GetValueOrDefault(key);

    public void Link(TKey key, Flight flight)
    {
        flight.Next = First(key);
        _flights[key] = flight;
    }

    public void Unlink(TKey key, Flight flight)
    {
        flight.IsLinked = false;
        var first = First(key);
        if (first != flight)
        {
            var previous = first;
            while (previous!.Next != flight)
                previous = previous.Next;
            previous.Next = flight.Next;
        }
        else if (flight.Next is { } next)
        {
            _flights[key] = next;
        }
        else
        {
            _flights.Remove(key);
        }
    }

    /// <summary>Unlinks every load of the key: they began before the key was removed or set.</summary>
    public void UnlinkAll(TKey key)
    {
        if (!_flights.Remove(key, out var flight))
            return;
        for (; flight is not null; flight = flight.Next)
            flight.IsLinked = false;
    }

    /// <summary>Unlinks the loads that are of no use any more.</summary>
    public void UnlinkWhere(Func<Flight, bool> isOutdated)
    {
        foreach (var (key, first) in _flights.ToArray())
        {
            for (var flight = first; flight is not null; flight = flight.Next)
            {
                if (isOutdated(flight))
                    Unlink(key, flight);
            }
        }
    }
}
