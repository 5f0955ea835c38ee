using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Continues the registration of repositories for one context.</summary>
public interface IProDevRepositoriesBuilder
{
    /// <summary>The services that are being registered.</summary>
    IServiceCollection Services { get; }

    /// <summary>The context the repositories work on.</summary>
    Type ContextType { get; }
}
