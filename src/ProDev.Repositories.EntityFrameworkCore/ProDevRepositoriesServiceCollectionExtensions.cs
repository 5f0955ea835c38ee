using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProDev.Repositories;
using ProDev.Repositories.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers repositories on EF Core.</summary>
public static class ProDevRepositoriesServiceCollectionExtensions
{
    /// <summary>
    /// Registers, per scope, <see cref="IReadRepository{T}"/> and <see cref="IRepository{T}"/> for every entity of a context, and its
    /// <see cref="IUnitOfWork"/>, also as a keyed service under the type of the context. The context itself is registered as usual, with
    /// <c>AddDbContext</c> or <c>AddDbContextPool</c>.
    /// </summary>
    /// <remarks>
    /// With several contexts, a repository finds the one whose model has its entity, and a unit of work must be asked for by key. Calling it
    /// twice for one context is harmless. The settings are shared by all contexts and checked when the host starts.
    /// </remarks>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings; see <see cref="RepositoryOptions"/> for the defaults.</param>
    /// <returns>A builder to continue the registration with.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IProDevRepositoriesBuilder AddProDevRepositories<TContext>(
        this IServiceCollection services, Action<RepositoryOptions>? configure = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);

        var options = services.AddOptions<RepositoryOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RepositoryOptions>, RepositoryOptionsValidator>());
        services.TryAddSingleton(provider => CursorKeys.ToSigner(provider.GetRequiredService<IOptions<RepositoryOptions>>().Value));

        if (!services.Any(service => service.ImplementationInstance is RepositoryContext context && context.Type == typeof(TContext)))
            services.AddSingleton(new RepositoryContext(typeof(TContext)));

        services.TryAddScoped<RepositoryServices>();
        services.TryAddScoped(typeof(IReadRepository<>), typeof(EfReadRepository<>));
        services.TryAddScoped(typeof(IRepository<>), typeof(EfRepository<>));
        services.TryAddScoped<IUnitOfWork>(provider => new EfUnitOfWork(provider.GetRequiredService<RepositoryServices>().OnlyContext()));
        services.TryAddKeyedScoped<IUnitOfWork>(
            typeof(TContext), (provider, _) => new EfUnitOfWork(provider.GetRequiredService<TContext>()));
        return new ProDevRepositoriesBuilder(services, typeof(TContext));
    }
}
