namespace ProDev.Jobs.PostgreSql;

/// <summary>A limit that this transaction has locked.</summary>
/// <param name="name">Its name in the tables: 'g' or 'r', and the key.</param>
/// <param name="room">How many jobs it lets pass.</param>
internal abstract class Gate(string name, int room)
{
    private int _promised;

    public string Name { get; } = name;

    public string Key => Name[1..];

    /// <summary>How many more jobs it lets pass, those not counted that are started now.</summary>
    public int Room { get; protected set; } = room;

    /// <summary>Whether it lets another job pass, beside those that go before.</summary>
    public bool IsOpen => Room > _promised;

    /// <summary>A job goes before others that are looked at, but is not started now.</summary>
    public void Promise() => _promised++;

    /// <summary>A job is started now.</summary>
    public virtual void Pass() => Room--;
}
