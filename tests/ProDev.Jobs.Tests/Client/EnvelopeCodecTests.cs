using System.Text;
using System.Text.Json;

namespace ProDev.Jobs.Tests;

/// <summary>Envelopes as JSON.</summary>
public sealed class EnvelopeCodecTests
{
    private static readonly Guid Id = Guid.Parse("0199d1a0-0000-7000-8000-000000000001");

    [Fact]
    public void LittleIsWritten_WhenMostHasItsDefault()
    {
        var job = new JobEnvelope { Id = Id, Name = "a", Payload = "{\"x\":1}"u8.ToArray() };

        Assert.Equal($$$"""{"id":"{{{Id}}}","name":"a","args":{"x":1}}""", Encoding.UTF8.GetString(JobEnvelopeCodec.Write(job)));
        Assert.Null(JobEnvelopeCodec.WriteRest(job));
    }

    [Fact]
    public void ContinuationIsReadable_WhenItIsWritten()
    {
        var job = new JobEnvelope
        {
            Id = Id,
            Name = "a",
            Continuation = new JobContinuation { Next = [new JobStep { Job = new JobEnvelope { Id = Id, Name = "b" }, Input = JobStepInput.Arguments }] },
        };

        Assert.Equal(
            $$$"""{"continuation":{"next":[{"job":{"id":"{{{Id}}}","name":"b"},"input":"Arguments"}]}}""",
            JobEnvelopeCodec.WriteRest(job));
    }

    [Fact]
    public void UniqueKeyIsReadable_WhenItIsWritten()
    {
        var job = new JobEnvelope { Id = Id, Name = "a", Unique = new JobUniqueKey { Key = "k" } };
        JobUniqueKey whole = new() { Key = "k", Period = TimeSpan.FromHours(1), States = JobUniqueStates.Queued | JobUniqueStates.Succeeded, OnConflict = JobConflict.Replace };

        Assert.Equal("""{"unique":{"key":"k"}}""", JobEnvelopeCodec.WriteRest(job));
        Assert.Equal(
            """{"unique":{"key":"k","period":"01:00:00","states":"Queued, Succeeded","on_conflict":"Replace"}}""",
            JobEnvelopeCodec.WriteRest(job with { Unique = whole }));
        Assert.Equal(job.Unique, JobEnvelopeCodec.Read(JobEnvelopeCodec.Write(job)).Unique);
    }

    [Fact]
    public void BytesComeBack_WhenTheArgumentsAreNotJson()
    {
        var job = new JobEnvelope { Id = Id, Name = "a", ContentType = "application/octet-stream", Payload = new byte[] { 0, 255, 7 } };

        JobEnvelope read = JobEnvelopeCodec.Read(JobEnvelopeCodec.Write(job));

        Assert.Equal(("application/octet-stream", "00FF07"), (read.ContentType, Convert.ToHexString(read.Payload.Span)));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("1 2")]
    public void BytesComeBack_WhenTheArgumentsSayThatTheyAreJsonAndAreNone(string arguments)
    {
        byte[] payload = Encoding.UTF8.GetBytes(arguments);

        JobEnvelope read = JobEnvelopeCodec.Read(JobEnvelopeCodec.Write(new JobEnvelope { Id = Id, Name = "a", Payload = payload }));

        Assert.Equal(("application/json", arguments), (read.ContentType, Encoding.UTF8.GetString(read.Payload.Span)));
    }

    [Fact]
    public void ArgumentsComeBack_WhenTheyAreTheLiteralNull()
    {
        var job = new JobEnvelope { Id = Id, Name = "a", Payload = "null"u8.ToArray() };

        Assert.Equal("null", Encoding.UTF8.GetString(JobEnvelopeCodec.Read(JobEnvelopeCodec.Write(job)).Payload.Span));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"0199d1a0-0000-7000-8000-000000000001\"}")]
    [InlineData("[1]")]
    [InlineData("{")]
    public void ReadingFails_WhenItIsNoEnvelope(string json)
        => Assert.ThrowsAny<JsonException>(() => JobEnvelopeCodec.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void FieldsOfALaterVersionAreNoObstacle_WhenTheyAreRead()
        => Assert.Equal("a", JobEnvelopeCodec.Read(Encoding.UTF8.GetBytes($$$"""{"id":"{{{Id}}}","name":"a","later":{"x":[1]}}""")).Name);

    // Field by field, because a comparison of what is written does not see a field that is never written.
    [Fact]
    public void NothingIsLost_WhenEveryFieldIsSet()
    {
        var at = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        var job = new JobEnvelope
        {
            Id = Id,
            Name = "a",
            Version = 3,
            Queue = "bulk",
            Priority = 7,
            MaxAttempts = 9,
            Delay = TimeSpan.FromSeconds(1),
            RunAt = at,
            Expires = TimeSpan.FromSeconds(2),
            ExpiresAt = at.AddDays(1),
            IdempotencyKey = "key",
            Unique = new JobUniqueKey { Key = "unique", Period = TimeSpan.FromDays(1), States = JobUniqueStates.All, OnConflict = JobConflict.Reschedule },
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["tenant"] = "x" },
            TraceParent = "parent",
            TraceState = "state",
            RootId = Guid.CreateVersion7(),
            ParentId = Guid.CreateVersion7(),
            SoftTimeLimit = TimeSpan.FromSeconds(3),
            HardTimeLimit = TimeSpan.FromSeconds(4),
            IgnoreResult = true,
            Group = new JobGroup("customer", 3),
            Rate = new JobRate(100, TimeSpan.FromMinutes(1), burst: 5),
            RateKey = "bank",
            Tags = ["one", "two"],
        };

        JobEnvelope read = JobEnvelopeCodec.Read(JobEnvelopeCodec.Write(job));

        Assert.Equal(job.Tags, read.Tags);
        Assert.Equal(job.Headers, read.Headers);
        Assert.Equal(job, read with { Headers = job.Headers, Tags = job.Tags, Payload = job.Payload });
    }
}
