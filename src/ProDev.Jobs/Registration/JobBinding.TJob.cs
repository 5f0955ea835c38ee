using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs;

/// <summary>A job that returns nothing.</summary>
internal sealed class JobBinding<TJob, TArgs>(JobDefinition definition) : ArgumentsBinding<TArgs>(definition, typeof(TJob), resultType: null)
    where TJob : class, IJob<TArgs>
    where TArgs : notnull
{
    public override byte[]? WriteResult(object? result, JobsOptions options) => null;

    public override Task RunAsync(IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken)
        => scope.GetRequiredService<TJob>().RunAsync((TArgs)args, context, cancellationToken);
}
