namespace ProDev.Jobs.PostgreSql;

/// <summary>Where the stores of one schema hear of each other, and how they speak.</summary>
internal sealed class WakeChannel(PostgreSqlDatabase database, string schema)
{
    /// <summary>Says that there is work, and that somebody waits for jobs to end.</summary>
    public string Name { get; } = $"{schema}_wake";

    /// <summary>Says which jobs have ended.</summary>
    public string Ended { get; } = $"{schema}_ended";

    /// <summary>Names this store, so that it does not wake itself a second time.</summary>
    public string Sender { get; } = Guid.NewGuid().ToString("n");

    /// <summary>Sends; nobody has to wait until the words are on the disk.</summary>
    /// <exception cref="JobStoreException">They could not be sent.</exception>
    public Task SendAsync(string name, string payload) => database.RunAsync(
        connection => connection.ReadAsync(
            "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", [Parameter.Of(name), Parameter.Of(payload)], static _ => true),
        CancellationToken.None);
}
