using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ProDev.Jobs.EntityFrameworkCore;

/// <summary>Lets a context enqueue jobs.</summary>
public static class ProDevJobsDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Lets contexts enqueue jobs that are written in their transactions. The jobs must be kept in the database of the context, by the provider that
    /// <c>AddProDevJobs()</c> was told to use.
    /// </summary>
    /// <param name="options">The options under construction.</param>
    /// <param name="client">
    /// The client that enqueues; <see langword="null"/> for the one in the services of the application, which <c>AddDbContext</c> and its kin hand over.
    /// </param>
    /// <returns>The same builder.</returns>
    public static DbContextOptionsBuilder UseProDevJobs(this DbContextOptionsBuilder options, IJobClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new JobsOptionsExtension(client));
        return options;
    }

    /// <inheritdoc cref="UseProDevJobs(DbContextOptionsBuilder, IJobClient?)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseProDevJobs<TContext>(
        this DbContextOptionsBuilder<TContext> options, IJobClient? client = null)
        where TContext : DbContext
    {
        UseProDevJobs((DbContextOptionsBuilder)options, client);
        return options;
    }
}
