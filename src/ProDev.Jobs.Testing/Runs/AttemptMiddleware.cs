namespace ProDev.Jobs.Testing;

/// <summary>The outermost middleware: marks what runs inside as the code of its attempt.</summary>
internal sealed class AttemptMiddleware(AttemptLog log, VirtualClock clock) : IJobMiddleware
{
    public async Task InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        Attempt attempt = log.Started(context);

        // Callbacks of a token run in reverse order. This is the first one, so when it runs, the job's own have run.
        using CancellationTokenRegistration told = cancellationToken.UnsafeRegister(static a => ((Attempt)a!).WasCancelled(), attempt);
        clock.Flow = attempt;
        try
        {
            await next(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            attempt.Exception = e;
            throw;
        }
    }
}
