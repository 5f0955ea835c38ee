namespace ProDev.Retry;

// The loop for synchronous operations. Failures are judged in exception filters, so that the last one passes to the caller with its stack untouched.
internal sealed partial class RetryEngine
{
    public T Run<TOperation, T>(TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, ISyncRetryOperation<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = new RetryRun(this, cancellationToken);
        try
        {
            return Loop<TOperation, T>(operation, ref run);
        }
        finally
        {
            // What this call tells the policies inside must not stay behind on the thread.
            run.LeaveScope();
        }
    }

    private static T Loop<TOperation, T>(TOperation operation, ref RetryRun run)
        where TOperation : struct, ISyncRetryOperation<T>
    {
        while (true)
        {
            var (returned, result) = (false, default(T)!);
            try
            {
                result = operation.Invoke(run.StartWithTimer());
                returned = true;
            }
            catch (Exception exception) when (run.Catches(exception, operation))
            {
            }

            if ((returned ? run.Refuses(result, operation) : run.IsRetried) && run.Announces())
            {
                for (var wait = run.Delay; wait > TimeSpan.Zero; wait = run.StillToWait())
                    run.Sleep(wait);
                if (run.MayGoOn())
                {
                    if (returned)
                        Superseded.Dispose(result, run.Telemetry);
                    continue;
                }
            }

            if (returned && run.IsReplaced)
                Superseded.Dispose(result, run.Telemetry);
            return run.Ends(result).GetResult();
        }
    }
}
