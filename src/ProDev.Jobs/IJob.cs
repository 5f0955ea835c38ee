namespace ProDev.Jobs;

/// <summary>
/// A unit of background work with typed arguments. Put <see cref="JobAttribute"/> on the class; registration and dispatch are
/// generated.
/// </summary>
/// <typeparam name="TArgs">
/// The arguments, stored as JSON when the job is enqueued. Prefer a record of your own that only this job takes: the client
/// finds the job by this type.
/// </typeparam>
public interface IJob<in TArgs>
{
    /// <summary>
    /// Does the work. A normal return completes the job, an exception uses up the attempt: the job is tried again after a
    /// backoff, or becomes a dead letter after its last attempt. <see cref="JobRetryException"/> sets the wait,
    /// <see cref="JobGivenUpException"/> gives the job up at once.
    /// </summary>
    /// <remarks>
    /// A job runs <em>at least</em> once: after a crash it runs again from the start. Make its effects idempotent, for example
    /// by <see cref="JobContext.Id"/>. Each run gets a new instance from a dependency injection scope of its own.
    /// </remarks>
    /// <param name="args">The arguments given to <see cref="IJobClient.EnqueueAsync{TArgs}"/>, deserialised anew for each attempt.</param>
    /// <param name="context">Who is running: id, name, attempt, lease.</param>
    /// <param name="cancellationToken">
    /// Fires when the worker must stop (after the host's shutdown timeout), when a time limit of the job has passed, or when the worker has
    /// lost the lease of this job, because another worker may then run it; <see cref="JobContext.CancellationCause"/> says which. A job that
    /// ends with an exception after a stop is handed back and the attempt is not counted.
    /// </param>
    /// <returns>A task that ends when the work is done.</returns>
    Task RunAsync(TArgs args, JobContext context, CancellationToken cancellationToken);
}

/// <summary>
/// A unit of background work that returns something: <see cref="JobHandle.ResultAsync{TResult}"/> reads it, and the next job of a
/// <see cref="Canvas"/> gets it. Put <see cref="JobAttribute"/> on the class.
/// </summary>
/// <typeparam name="TArgs">The arguments; see <see cref="IJob{TArgs}"/>.</typeparam>
/// <typeparam name="TResult">
/// What it returns, stored as JSON with the job until that is pruned (<see cref="JobsOptions.Retention"/>). Keep it small: a key, a count, a
/// summary.
/// </typeparam>
public interface IJob<in TArgs, TResult>
{
    /// <summary>Does the work; see <see cref="IJob{TArgs}.RunAsync"/>, whose rules hold here, too.</summary>
    /// <param name="args">The arguments, deserialised anew for each attempt.</param>
    /// <param name="context">Who is running: id, name, attempt, lease.</param>
    /// <param name="cancellationToken">Fires when the attempt should end; see <see cref="IJob{TArgs}.RunAsync"/>.</param>
    /// <returns>
    /// The result. One that cannot be stored makes the job a dead letter with the reason <see cref="DeadLetterReason.InvalidResult"/>: it is not
    /// tried again, because its work is done.
    /// </returns>
    Task<TResult> RunAsync(TArgs args, JobContext context, CancellationToken cancellationToken);
}
