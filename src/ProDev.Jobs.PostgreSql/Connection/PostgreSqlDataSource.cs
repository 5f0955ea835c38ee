using System.Data.Common;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Makes and describes sources of connections.</summary>
internal static class PostgreSqlDataSource
{
    internal const string PlannedOnce = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

    public static NpgsqlDataSource Create(PostgreSqlJobsOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var named = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        if (options.Listen)
            UseSessions(settings, named);

        // Nothing that the provider does outlives a statement or its transaction.
        if (!named.ContainsKey("No Reset On Close") && !named.ContainsKey("NoResetOnClose"))
            settings.NoResetOnClose = true;
        if (!named.ContainsKey("Enlist"))
            settings.Enlist = false;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>Whether its connections take part in the transaction of whoever opens them.</summary>
    public static bool Enlists(NpgsqlDataSource source) => new NpgsqlConnectionStringBuilder(source.ConnectionString).Enlist;

    public static string NameOf(NpgsqlDataSource source)
    {
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
    }

    /// <summary>
    /// Where connections keep their sessions, statements are parsed and planned once. A plan made while a queue was empty would read the whole table when
    /// it is full, so the planner walks indexes here, which is right for every statement at every size. Settings of the connection string come first.
    /// </summary>
    private static void UseSessions(NpgsqlConnectionStringBuilder settings, DbConnectionStringBuilder named)
    {
        if (!named.ContainsKey("Options") && !named.ContainsKey("Max Auto Prepare") && !named.ContainsKey("MaxAutoPrepare"))
        {
            settings.MaxAutoPrepare = 80;
            settings.AutoPrepareMinUsages = 2;
            settings.Options = PlannedOnce;
        }
    }
}
