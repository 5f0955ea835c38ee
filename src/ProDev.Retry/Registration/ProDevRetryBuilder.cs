using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry;

internal sealed class ProDevRetryBuilder(IServiceCollection services) : IProDevRetryBuilder
{
    public IServiceCollection Services { get; } = services;
}
