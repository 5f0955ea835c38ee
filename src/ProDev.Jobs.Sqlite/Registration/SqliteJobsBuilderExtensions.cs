using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Jobs;
using ProDev.Jobs.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the SQLite provider.</summary>
public static class SqliteJobsBuilderExtensions
{
    /// <summary>Keeps jobs in a SQLite file: durable, shared by the processes of one machine, no server.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The database file; created if missing.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder UseSqlite(this IProDevJobsBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.UseSqlite(o => o.Path = path);
    }

    /// <summary>Keeps jobs in a SQLite file: durable, shared by the processes of one machine, no server.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings. They are checked at host start.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder UseSqlite(this IProDevJobsBuilder builder, Action<SqliteJobsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<SqliteJobsOptions>().Configure(configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteJobsOptions>, SqliteJobsOptionsValidator>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(static services => new SqliteJobStore(
            services.GetRequiredService<IOptions<SqliteJobsOptions>>().Value, services.GetRequiredService<TimeProvider>())));
        return builder;
    }
}
