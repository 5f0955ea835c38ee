using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using ProDev.Jobs;
using ProDev.Jobs.PostgreSql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the PostgreSQL provider.</summary>
public static class PostgreSqlJobsBuilderExtensions
{
    /// <summary>Keeps jobs in the PostgreSQL database of the <see cref="NpgsqlDataSource"/> that the application has registered.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder UsePostgreSql(this IProDevJobsBuilder builder) => builder.UsePostgreSql(static _ => { });

    /// <summary>Keeps jobs in a PostgreSQL database: durable, shared by any number of machines.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Where the database is. It must exist; the tables are created.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder UsePostgreSql(this IProDevJobsBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UsePostgreSql(o => o.ConnectionString = connectionString);
    }

    /// <summary>Keeps jobs in a PostgreSQL database: durable, shared by any number of machines.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings. They are checked at host start.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder UsePostgreSql(this IProDevJobsBuilder builder, Action<PostgreSqlJobsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<PostgreSqlJobsOptions>().Configure(configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlJobsOptions>, PostgreSqlJobsOptionsValidator>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(static services => new PostgreSqlJobStore(
            services.GetRequiredService<IOptions<PostgreSqlJobsOptions>>().Value,
            services.GetRequiredService<TimeProvider>(),
            services.GetService<NpgsqlDataSource>())));
        return builder;
    }
}
