using System.Text.Json.Nodes;

namespace ProDev.Jobs;

/// <summary>
/// Turns stored arguments of one version of a job into those of the next, so that jobs that were enqueued before an update still run.
/// Registered by <c>AddJobUpcaster&lt;T&gt;()</c> as a singleton; must be safe for concurrent use. Arguments that are several versions old
/// pass through a chain: 1 to 2, 2 to 3.
/// </summary>
public interface IJobUpcaster
{
    /// <summary>The stored name of the job.</summary>
    string JobName { get; }

    /// <summary>The version that it reads; it writes the next one. At least 1.</summary>
    int FromVersion { get; }

    /// <summary>
    /// Changes the arguments. An exception makes the job a dead letter with <see cref="DeadLetterReason.InvalidArguments"/>.
    /// </summary>
    /// <param name="arguments">The stored JSON, with the names of its members as stored: in camel case by default. May be changed in place.</param>
    /// <returns>The arguments of the next version; the same object or another one.</returns>
    JsonNode Upcast(JsonNode arguments);
}
