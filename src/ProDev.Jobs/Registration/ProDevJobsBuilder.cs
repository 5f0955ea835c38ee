using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs;

internal sealed class ProDevJobsBuilder(IServiceCollection services) : IProDevJobsBuilder
{
    public IServiceCollection Services { get; } = services;
}
