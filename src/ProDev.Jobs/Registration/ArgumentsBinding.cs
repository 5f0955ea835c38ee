using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProDev.Jobs;

/// <summary>The half of a binding that knows the arguments.</summary>
internal abstract class ArgumentsBinding<TArgs>(JobDefinition definition, Type jobType, Type? resultType)
    : JobBinding(definition, jobType, typeof(TArgs), resultType)
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

    public override JsonTypeInfo ArgumentsContract(JsonSerializerOptions options) => JobJson.TypeInfo<TArgs>(options);

    private string Unfit(string why)
        => $"The stored arguments of job '{Definition.Name}' do not fit '{typeof(TArgs)}': {why}. " +
           "Make the type accept them (a renamed or new required member needs a default), then replay the job.";
}
