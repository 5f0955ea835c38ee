using System.Data.Common;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Makes and describes sources of connections.</summary>
internal static class PostgreSqlDataSource
{
    public static NpgsqlDataSource Create(PostgreSqlJobsOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var named = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        if (options.Listen)
            UseSessions(settings, named);
        else if (!named.ContainsKey("No Reset On Close") && !named.ContainsKey("NoResetOnClose"))
            settings.NoResetOnClose = true;
        return NpgsqlDataSource.Create(settings);
    }

    public static string NameOf(NpgsqlDataSource source)
    {
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
    }

    /// <summary>
    /// Where connections keep their sessions, statements are parsed once and still planned each time: a plan made while a queue was empty
    /// would read the whole table when it is full. Elsewhere there is no session to reset. Settings of the connection string come first.
    /// </summary>
    private static void UseSessions(NpgsqlConnectionStringBuilder settings, DbConnectionStringBuilder named)
    {
        if (!named.ContainsKey("Options") && !named.ContainsKey("Max Auto Prepare") && !named.ContainsKey("MaxAutoPrepare"))
        {
            settings.MaxAutoPrepare = 40;
            settings.AutoPrepareMinUsages = 2;
            settings.Options = "-c plan_cache_mode=force_custom_plan";
        }
    }
}
