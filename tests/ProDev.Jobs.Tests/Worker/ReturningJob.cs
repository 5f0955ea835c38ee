using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProDev.Jobs.Tests;

/// <summary>Returns a text of the length that it is told; less than zero makes a result that cannot be written.</summary>
internal sealed class ReturningJob : IJob<ReturningJob.Args, ReturningJob.Result>
{
    public sealed record Args(int Length);

    public sealed record Result(int Length);

    public Task<Result> RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => Task.FromResult(new Result(args.Length));
}

/// <summary>Writes a result as a text of its length.</summary>
internal sealed class StubbornConverter : JsonConverter<ReturningJob.Result>
{
    public override ReturningJob.Result Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(reader.GetString()!.Length);

    public override void Write(Utf8JsonWriter writer, ReturningJob.Result value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.Length < 0 ? throw new TimeZoneNotFoundException("it says no") : new string('x', value.Length));
}
