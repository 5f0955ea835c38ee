using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.Soak;

/// <summary>A file. Its clock is the machine's, also in processes whose own clock is wrong.</summary>
public sealed record SqliteSoakStore(string Path) : SoakStore
{
    public const string Name = "sqlite";

    public override string Kind => Name;

    protected override string LeadTable => "prodev_jobs_lead";

    public override void Use(IProDevJobsBuilder builder, TimeProvider? clock = null)
        => builder.UseSqlite(o => (o.Path, o.TimeProvider, o.ProbeInterval) = (Path, clock ?? TimeProvider.System, TimeSpan.FromMilliseconds(100)));

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<string?> FindDamageAsync()
        => await ScalarAsync("PRAGMA integrity_check") is string text and not "ok" ? text : null;
}
