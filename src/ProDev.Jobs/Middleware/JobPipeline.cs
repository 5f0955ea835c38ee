namespace ProDev.Jobs;

/// <summary>Runs a job inside all middleware. Without any, it is the plain call and allocates nothing.</summary>
internal sealed class JobPipeline(IEnumerable<JobMiddlewareBinding> bindings)
{
    private readonly JobMiddlewareBinding[] _bindings = [.. bindings];

    public Task RunAsync(JobBinding job, IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken)
        => _bindings.Length == 0
            ? job.RunAsync(scope, args, context, cancellationToken)
            : RunFrom(0, job, scope, args, context, cancellationToken);

    private Task RunFrom(
        int index, JobBinding job, IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken)
        => index == _bindings.Length
            ? job.RunAsync(scope, args, context, cancellationToken)
            : _bindings[index].Resolve(scope).InvokeAsync(
                context, token => RunFrom(index + 1, job, scope, args, context, token), cancellationToken);
}
