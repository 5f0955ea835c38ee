using System.Text;

namespace ProDev.Jobs.Conformance;

/// <summary>A job with every field set.</summary>
internal static class WholeJob
{
    public static JobEnvelope New() => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "whole.job",
        Version = 3,
        Payload = "{\"größe\":1}"u8.ToArray(),
        Queue = "bulk",
        Priority = 7,
        MaxAttempts = 9,
        Expires = TimeSpan.FromHours(30),
        ExpiresAt = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        IdempotencyKey = "schlüssel",
        Unique = new JobUniqueKey { Key = "einzig", Period = TimeSpan.FromDays(2), States = JobUniqueStates.Waiting | JobUniqueStates.Revoked },
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["tenant"] = "ä", ["empty"] = "" },
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        TraceState = "vendor=1",
        RootId = Guid.CreateVersion7(),
        ParentId = Guid.CreateVersion7(),
        SoftTimeLimit = TimeSpan.FromSeconds(50),
        HardTimeLimit = TimeSpan.FromSeconds(60),
        IgnoreResult = true,
        Group = new JobGroup("größe", 2),
        Rate = JobRate.Parse("100/s", burst: 7),
        RateKey = "bank/東京",
        Tags = ["import", "FR"],
        Continuation = new JobContinuation
        {
            Next =
            [
                new JobStep { Job = TestJobs.New("next.job"), Input = JobStepInput.Member, InputMember = "rows" },
                new JobStep
                {
                    GroupId = Guid.CreateVersion7(),
                    Group = [[new JobStep { Job = TestJobs.New("member.job") }], [new JobStep { Job = TestJobs.New("other.job"), Input = JobStepInput.Arguments }]],
                },
            ],
            Callbacks = [new JobStep { Job = TestJobs.New("link.job") }],
            ErrorCallbacks = [new JobStep { Job = TestJobs.New("error.job") }],
            Join = new JobJoin { Id = Guid.CreateVersion7(), Index = 1, Size = 4, Continuation = new JobContinuation { Next = [new JobStep { Job = TestJobs.New("sum.job") }] } },
        },
    };

    /// <summary>All of it, to be compared.</summary>
    public static string Text(JobEnvelope job) => Encoding.UTF8.GetString(JobEnvelopeCodec.Write(job));
}
