using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of the jobs.</summary>
public static class JobsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a health check of the job store and of the workers of this process. It is healthy when the store answers. It reports the failure status when
    /// the store fails, or a worker has not reached it for longer than its lease; degraded when there are more jobs than the limits in
    /// <see cref="JobsHealthOptions"/> allow.
    /// </summary>
    /// <remarks>
    /// <para>Each check asks the store once: for its counts, or to open again if it cannot be queried. What the workers notice costs nothing.</para>
    /// <para>Data, by key: <c>scheduled</c>, <c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>revoked</c> and <c>deadLettered</c> are numbers of jobs, each a
    /// <see cref="long"/>, there only if the store has told them. <c>workers</c> is the number of workers in this process, an <see cref="int"/>.
    /// <c>silentFor</c> is how long a worker has waited for an answer of the store, through failures, a <see cref="TimeSpan"/>, there only while one waits.</para>
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="configure">Sets limits; <see langword="null"/> for none.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What is reported when the store is out of reach; <see langword="null"/>: <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Names by which endpoints choose checks; <see langword="null"/>: none.</param>
    /// <param name="timeout">After which time without an answer the store counts as failed; <see langword="null"/>: 5 s.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A limit is negative; the message names all that are.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is zero or less.</exception>
    public static IHealthChecksBuilder AddProDevJobs(
        this IHealthChecksBuilder builder,
        Action<JobsHealthOptions>? configure = null,
        string name = JobConstants.HealthCheckName,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new JobsHealthOptions();
        configure?.Invoke(options);
        IReadOnlyList<string> faults = options.Faults();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(configure));

        return builder.Add(new HealthCheckRegistration(
            name,
            services => new JobsHealthCheck(
                services.GetRequiredService<CheckedJobStore>(), [.. services.GetServices<IHostedService>().OfType<JobWorker>()], options),
            failureStatus ?? HealthStatus.Unhealthy,
            tags,
            timeout ?? JobConstants.DefaultHealthTimeout));
    }
}
