using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <inheritdoc cref="IProDevRepositoriesBuilder"/>
internal sealed record ProDevRepositoriesBuilder(IServiceCollection Services, Type ContextType) : IProDevRepositoriesBuilder;
