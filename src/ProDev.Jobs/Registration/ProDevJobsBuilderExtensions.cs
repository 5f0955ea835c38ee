using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProDev.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds jobs, workers and the in-memory provider.</summary>
public static partial class ProDevJobsBuilderExtensions
{
    /// <summary>
    /// Registers one job. The generated <c>AddJobsFromThisAssembly()</c> calls this for each <see cref="JobAttribute"/>; call it
    /// yourself only for a job whose settings are known at run time. The same job twice is harmless.
    /// </summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <typeparam name="TArgs">Its arguments.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="definition">Its settings.</param>
    /// <param name="factory">
    /// Creates the job in the scope of one run; the scope disposes it. Ignored if <typeparamref name="TJob"/> is already registered
    /// as a service.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name or queue is malformed, or a number, a time limit or the uniqueness is out of range.</exception>
    public static IProDevJobsBuilder AddJob<TJob, TArgs>(
        this IProDevJobsBuilder builder, JobDefinition definition, Func<IServiceProvider, TJob> factory)
        where TJob : class, IJob<TArgs>
        where TArgs : notnull
        => Add(builder, definition, factory, static d => new JobBinding<TJob, TArgs>(d));

    /// <summary>Registers one job that returns something; see <see cref="AddJob{TJob, TArgs}"/>.</summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <typeparam name="TArgs">Its arguments.</typeparam>
    /// <typeparam name="TResult">What it returns.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="definition">Its settings.</param>
    /// <param name="factory">Creates the job in the scope of one run; see <see cref="AddJob{TJob, TArgs}"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name or queue is malformed, or a number, a time limit or the uniqueness is out of range.</exception>
    public static IProDevJobsBuilder AddJob<TJob, TArgs, TResult>(
        this IProDevJobsBuilder builder, JobDefinition definition, Func<IServiceProvider, TJob> factory)
        where TJob : class, IJob<TArgs, TResult>
        where TArgs : notnull
        => Add(builder, definition, factory, static d => new JobBinding<TJob, TArgs, TResult>(d));

    /// <summary>
    /// Adds a worker that runs jobs in this process while the host runs. Each call adds another worker, for example one per group of queues.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings; <see langword="null"/> for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">A setting is out of range; the message names all that are.</exception>
    public static IProDevJobsBuilder AddWorker(this IProDevJobsBuilder builder, Action<WorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WorkerOptions();
        configure?.Invoke(options);
        IReadOnlyList<string> faults = options.Faults();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(configure));

        // Before the worker, because hosts stop their services the other way round: the worker must not wait for the scheduler to be told.
        builder.AddScheduler();
        builder.Services.AddSingleton<IHostedService>(services => ActivateWorker(services, options));
        return builder;
    }

    /// <summary>
    /// Runs <typeparamref name="T"/> around every job, inside those that were added before it. The same one twice is harmless: it keeps its
    /// first place.
    /// </summary>
    /// <typeparam name="T">
    /// The middleware. It is registered as a transient service, unless it is registered already, with a lifetime of its own.
    /// </typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder AddJobMiddleware<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IProDevJobsBuilder builder)
        where T : class, IJobMiddleware
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddTransient<T>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<JobMiddlewareBinding, JobMiddlewareBinding.For<T>>());
        return builder;
    }

    /// <summary>
    /// Adds one step of the way from old stored arguments to those of today. The same one twice is harmless. Two that read the same version of
    /// the same job stop the host at its start.
    /// </summary>
    /// <typeparam name="T">The step; created once, by the container.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder AddJobUpcaster<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IProDevJobsBuilder builder)
        where T : class, IJobUpcaster
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IJobUpcaster, T>());
        return builder;
    }

    /// <summary>
    /// Keeps jobs in the memory of this process: fast, bounded, gone when the process ends. For tests and work that may be lost.
    /// This is what is used when no provider is chosen.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings; <see langword="null"/> for the defaults.</param>
    /// <returns>The same builder.</returns>
    public static IProDevJobsBuilder UseInMemory(this IProDevJobsBuilder builder, Action<MemoryJobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
            builder.Services.Configure(configure);
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore, MemoryJobStore>());
        return builder;
    }

    private static IProDevJobsBuilder Add<TJob>(
        IProDevJobsBuilder builder, JobDefinition definition, Func<IServiceProvider, TJob> factory, Func<JobDefinition, JobBinding> bind)
        where TJob : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(factory);
        JobRules.CheckJobName(definition.Name, nameof(definition));
        JobRules.CheckQueue(definition.Queue, nameof(definition));
        JobRules.CheckMaxAttempts(definition.MaxAttempts, nameof(definition));
        JobRules.CheckVersion(definition.Version, nameof(definition));
        JobRules.CheckTimeLimits(definition.Name, definition.SoftTimeLimit, definition.HardTimeLimit, nameof(definition));
        if (definition.Unique is { } unique)
            UniqueRules.Check(unique, nameof(definition));

        builder.Services.TryAddTransient(factory);
        builder.Services.AddSingleton(bind(definition));
        return builder;
    }

    internal static JobWorker ActivateWorker(IServiceProvider services, WorkerOptions options)
        => new(
            options,
            services.GetRequiredService<CheckedJobStore>(),
            services.GetRequiredService<JobRegistry>(),
            services.GetRequiredService<JobUpcasters>(),
            services.GetRequiredService<JobPipeline>(),
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<IOptions<JobsOptions>>().Value,
            services.GetRequiredService<TimeProvider>(),
            new CalmLogger(services.GetService<ILoggerFactory>()?.CreateLogger<JobWorker>() ?? (ILogger)NullLogger.Instance));
}
