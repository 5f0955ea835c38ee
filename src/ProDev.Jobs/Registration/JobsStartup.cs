using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs;

/// <summary>Opens the store and builds the registry at host start, so that faults show there and not at the first job.</summary>
internal sealed class JobsStartup(CheckedJobStore store, JobRegistry registry, JobUpcasters upcasters) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(upcasters);
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
