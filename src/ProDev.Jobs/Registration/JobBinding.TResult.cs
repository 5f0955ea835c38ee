using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs;

/// <summary>A job that returns something.</summary>
internal sealed class JobBinding<TJob, TArgs, TResult>(JobDefinition definition) : ArgumentsBinding<TArgs>(definition, typeof(TJob), typeof(TResult))
    where TJob : class, IJob<TArgs, TResult>
    where TArgs : notnull
{
    public override byte[]? WriteResult(object? result, JobsOptions options)
    {
        if (result is null && default(TResult) is not null)
        {
            throw new JobResultException(
                $"The job '{Definition.Name}' has no result of type '{typeof(TResult)}': a middleware ended the attempt without running it.", null);
        }

        byte[] json;
        try
        {
            json = JsonSerializer.SerializeToUtf8Bytes((TResult)result!, JobJson.TypeInfo<TResult>(options.SerializerOptions));
        }
        catch (Exception e)
        {
            // Converters are user code and may throw anything.
            throw new JobResultException(Unfit($"it cannot be serialised: {JobErrors.Message(e)}"), e);
        }

        return json.Length <= options.MaxPayloadBytes
            ? json
            : throw new JobResultException(
                Unfit($"it takes '{json.Length}' bytes as JSON; at most {options.MaxPayloadBytes} are allowed (JobsOptions.MaxPayloadBytes)"), null);
    }

    public override async Task RunAsync(IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken)
        => context.Result = await scope.GetRequiredService<TJob>().RunAsync((TArgs)args, context, cancellationToken).ConfigureAwait(false);

    private string Unfit(string why)
        => $"The job '{Definition.Name}' did its work, but its result (type '{typeof(TResult)}') cannot be stored: {why}. " +
           "Return less, such as a key to what was made.";
}
