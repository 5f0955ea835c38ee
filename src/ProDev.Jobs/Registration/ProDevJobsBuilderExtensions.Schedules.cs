using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProDev.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ProDevJobsBuilderExtensions
{
    /// <summary>
    /// Declares schedules. At host start each is put into the store if it is new there, or if its declaration differs from the one that was last
    /// applied; so what was edited at run time (<see cref="IJobSchedules"/>) lasts until the declaration changes. A schedule that is declared no
    /// more stays in the store and fires on until it is removed; a log entry at host start tells. Calls add up. Adds a scheduler, too.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which schedules.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">A schedule is wrong; the message says what is allowed.</exception>
    public static IProDevJobsBuilder AddSchedules(this IProDevJobsBuilder builder, Action<JobSchedulesBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var schedules = new JobSchedulesBuilder();
        configure(schedules);
        foreach (ScheduleDeclaration declaration in schedules.Declarations)
            builder.Services.AddSingleton(declaration);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SchedulesStartup>(ActivateSchedules));
        return builder.AddScheduler();
    }

    /// <summary>
    /// Fires schedules in this process while the host runs, together with the schedulers of other processes: each occurrence is enqueued once.
    /// <see cref="AddWorker"/> and <see cref="AddSchedules"/> do this already; it is for processes that have neither. Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder AddScheduler(this IProDevJobsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobScheduler>(ActivateScheduler));
        return builder;
    }

    private static SchedulesStartup ActivateSchedules(IServiceProvider services)
        => new(
            services.GetServices<ScheduleDeclaration>(),
            services.GetRequiredService<CheckedJobStore>(),
            services.GetRequiredService<JobRegistry>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IOptions<JobsOptions>>(),
            SchedulerLogger(services));

    private static JobScheduler ActivateScheduler(IServiceProvider services)
    {
        CheckedJobStore store = services.GetRequiredService<CheckedJobStore>();
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        ILogger logger = SchedulerLogger(services);
        return new JobScheduler(store, new OccurrenceFirer(store, time, logger), time, logger);
    }

    private static CalmLogger SchedulerLogger(IServiceProvider services)
        => new(services.GetService<ILoggerFactory>()?.CreateLogger<JobScheduler>() ?? (ILogger)NullLogger.Instance);
}
