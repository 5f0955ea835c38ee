namespace ProDev.Jobs.PostgreSql;

/// <summary>Where the stores of one schema hear of each other.</summary>
internal sealed class WakeChannel(string schema)
{
    public string Name { get; } = $"{schema}_wake";

    /// <summary>Names this store, so that it does not wake itself a second time.</summary>
    public string Sender { get; } = Guid.NewGuid().ToString("n");
}
