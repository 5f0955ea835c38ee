namespace ProDev.Jobs.Broker.Tests;

/// <summary>What can go wrong on demand.</summary>
internal sealed partial class TestBroker
{
    private int _lostConfirms;
    private int _doubledDeliveries;
    private int _operations;
    private int _cutAt;

    /// <summary>How many operations clients have begun.</summary>
    public int Operations => Volatile.Read(ref _operations);

    /// <summary>Whether the operation of <see cref="CutAt"/> has come.</summary>
    public bool WasCut => Operations >= Volatile.Read(ref _cutAt);

    /// <summary>The next messages are published, but their publishers hear nothing.</summary>
    public void LoseConfirms(int count) => Volatile.Write(ref _lostConfirms, count);

    /// <summary>The next messages are delivered twice.</summary>
    public void DoubleDeliveries(int count) => Volatile.Write(ref _doubledDeliveries, count);

    /// <summary>Cuts the connection that begins the operation with this number, from 1, before it is carried out.</summary>
    public void CutAt(int operation) => Volatile.Write(ref _cutAt, operation);

    public void Count(BrokerConnection connection)
    {
        if (Interlocked.Increment(ref _operations) == Volatile.Read(ref _cutAt))
            connection.Close();
    }

    public bool TakeLostConfirm() => TakeFault(ref _lostConfirms);

    private static bool TakeFault(ref int left)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref left);
            if (seen == 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref left, seen - 1, seen) != seen);
        return true;
    }
}
