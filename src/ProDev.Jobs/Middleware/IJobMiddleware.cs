namespace ProDev.Jobs;

/// <summary>
/// Runs around every job of the application, for what concerns all of them: a tenant, a transaction, a log scope. Registered by
/// <c>AddJobMiddleware&lt;T&gt;()</c>; the first one registered is the outermost. Each run takes it from the job's own dependency injection
/// scope, so it and the job share scoped services.
/// </summary>
public interface IJobMiddleware
{
    /// <summary>
    /// Does its part before, calls <paramref name="next"/> once, and does its part after. What it throws counts as thrown by the job, and what
    /// it catches never happened. Without a call to <paramref name="next"/> the job is skipped, and counts as succeeded. The job's time limits
    /// include the middleware.
    /// </summary>
    /// <param name="context">Which job runs.</param>
    /// <param name="next">The next middleware, or the job.</param>
    /// <param name="cancellationToken">The job's token; see <see cref="IJob{TArgs}.RunAsync"/>.</param>
    /// <returns>A task that ends when all of it is done.</returns>
#pragma warning disable CA1716 // Everyone calls it next.
    Task InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken);
#pragma warning restore CA1716
}
