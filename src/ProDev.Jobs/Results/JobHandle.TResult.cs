namespace ProDev.Jobs;

/// <summary>The receipt for an enqueued job that returns something.</summary>
/// <typeparam name="TResult">What it returns.</typeparam>
/// <param name="handle">The receipt.</param>
public sealed class JobHandle<TResult>(JobHandle handle)
{
    /// <inheritdoc cref="JobHandle.Id"/>
    public Guid Id => handle.Id;

    /// <inheritdoc cref="JobHandle.AlreadyExisted"/>
    public bool AlreadyExisted => handle.AlreadyExisted;

    /// <inheritdoc cref="JobHandle.Outcome"/>
    public EnqueueOutcome Outcome => handle.Outcome;

    /// <summary>Waits for what the job returns; see <see cref="IJobClient.ResultAsync{TResult}"/>.</summary>
    /// <param name="cancellationToken">Cancels the wait, not the job.</param>
    /// <returns>The result.</returns>
    /// <exception cref="JobFailedException">The job was given up or revoked.</exception>
    public Task<TResult> ResultAsync(CancellationToken cancellationToken = default) => handle.ResultAsync<TResult>(cancellationToken);
}
