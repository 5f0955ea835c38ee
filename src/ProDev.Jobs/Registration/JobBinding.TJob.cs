using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs;

/// <summary>The typed half of <see cref="JobBinding"/>; the only place that knows both the job and its arguments.</summary>
internal sealed class JobBinding<TJob, TArgs>(JobDefinition definition) : JobBinding(definition, typeof(TJob), typeof(TArgs))
    where TJob : class, IJob<TArgs>
    where TArgs : notnull
{
    public override object ReadArguments(ReadOnlyMemory<byte> payload, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, JobJson.TypeInfo<TArgs>(options))
                ?? throw new JobArgumentsException(Unfit("they are the JSON literal null"), null);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new JobArgumentsException(Unfit(e.Message), e);
        }
    }

    public override Task RunAsync(IServiceProvider scope, object args, JobContext context, CancellationToken cancellationToken)
        => scope.GetRequiredService<TJob>().RunAsync((TArgs)args, context, cancellationToken);

    private string Unfit(string why)
        => $"The stored arguments of job '{Definition.Name}' do not fit '{typeof(TArgs)}': {why}. " +
           "Make the type accept them (a renamed or new required member needs a default), then replay the job.";
}
