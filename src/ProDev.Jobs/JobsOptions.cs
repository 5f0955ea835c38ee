using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Settings that hold for every job of the application.</summary>
public sealed class JobsOptions
{
    /// <summary>
    /// How arguments become JSON and back. Used as <see cref="JsonSerializerOptions.GetTypeInfo(Type)"/> gives it, so a trimmed or
    /// AOT-compiled program sets <see cref="JsonSerializerOptions.TypeInfoResolver"/> to its source-generated context.
    /// </summary>
    /// <value>
    /// The default has the web defaults (camel case), and refuses missing constructor parameters and nulls in non-nullable
    /// members, so that arguments that no longer fit are noticed instead of running with a null. Where reflection is enabled it
    /// needs no set-up.
    /// </value>
    public JsonSerializerOptions SerializerOptions { get; set; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The largest serialised argument, in bytes. At least 1. Put bulky data elsewhere and enqueue its key.</summary>
    /// <value>The default is 1,048,576 (1 MiB).</value>
    public int MaxPayloadBytes { get; set; } = JobConstants.DefaultMaxPayloadBytes;

    /// <summary>
    /// How long jobs that succeeded or were revoked stay visible (and their idempotency keys taken) before a worker prunes them. Zero prunes at the next
    /// round; <see cref="Timeout.InfiniteTimeSpan"/> never prunes. Dead letters are never pruned.
    /// </summary>
    /// <value>The default is one day.</value>
    public TimeSpan Retention { get; set; } = JobConstants.DefaultRetention;

    /// <summary>How long a failed job waits for its next attempt.</summary>
    public JobBackoffOptions Backoff { get; set; } = new();
}
