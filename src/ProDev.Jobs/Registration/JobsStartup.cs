using Microsoft.Extensions.Hosting;

namespace ProDev.Jobs;

/// <summary>Opens the store and builds the registry at host start, so that faults show there and not at the first job.</summary>
internal sealed class JobsStartup(CheckedJobStore store, JobRegistry registry) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
