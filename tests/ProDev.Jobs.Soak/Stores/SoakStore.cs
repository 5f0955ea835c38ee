using System.Data.Common;

namespace ProDev.Jobs.Soak;

/// <summary>A durable store that faults are injected into: how processes are told of it, and what may be asked behind the back of the library.</summary>
public abstract record SoakStore
{
    /// <summary>For people and for the command line.</summary>
    public abstract string Kind { get; }

    /// <summary>Chooses the provider.</summary>
    /// <param name="builder">The jobs of a host.</param>
    /// <param name="clock">A clock in place of the store's own; <see langword="null"/> for that.</param>
    public abstract void Use(IProDevJobsBuilder builder, TimeProvider? clock = null);

    /// <summary>A connection of an application beside the library, open.</summary>
    public abstract Task<DbConnection> ConnectAsync();

    /// <summary>The name of the table that says who leads the schedulers.</summary>
    protected abstract string LeadTable { get; }

    /// <summary>What is wrong with the database as such; <see langword="null"/> if nothing.</summary>
    public virtual Task<string?> FindDamageAsync() => Task.FromResult<string?>(null);

    /// <summary>The process that leads the schedulers; <see langword="null"/> if none ever did.</summary>
    public async Task<int?> FindLeaderAsync()
        => await ScalarAsync($"SELECT owner FROM {LeadTable}") is string owner
            ? int.Parse(owner.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            : null;

    protected async Task<object?> ScalarAsync(string sql)
    {
        await using DbConnection connection = await ConnectAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
