using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProDev.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers ProDev.Jobs.</summary>
public static class ProDevJobsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IJobClient"/> and an in-memory store; choose another one with the provider's <c>Use...</c> method. Jobs run only
    /// where a worker is added. Calling it twice is harmless: the settings add up.
    /// </summary>
    /// <param name="services">The services under construction.</param>
    /// <param name="configure">Changes the settings; <see langword="null"/> for the defaults. They are checked at host start.</param>
    /// <returns>The builder for jobs, provider and workers.</returns>
    public static IProDevJobsBuilder AddProDevJobs(this IServiceCollection services, Action<JobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<JobsOptions>().PostConfigure(static o => CompleteSerializer(o)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>());
        if (configure is not null)
            services.Configure(configure);

        services.AddOptions<MemoryJobsOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MemoryJobsOptions>, MemoryJobsOptionsValidator>());
        services.TryAddSingleton<IJobStore, MemoryJobStore>();
        services.TryAddSingleton<CheckedJobStore>();
        services.TryAddSingleton<JobRegistry>();
        services.TryAddSingleton<JobPipeline>();
        services.TryAddSingleton<JobUpcasters>();
        services.TryAddSingleton<IJobClient, JobClient>();
        services.TryAddSingleton<IJobSchedules, JobSchedules>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobsStartup>());
        return new ProDevJobsBuilder(services);
    }

    private static void CompleteSerializer(JobsOptions options)
    {
        if (options.SerializerOptions is not null)
            JobJson.Complete(options.SerializerOptions);
    }
}
