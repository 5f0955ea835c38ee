using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>Makes stores as applications do: from the container, by the public surface.</summary>
internal static class TestStores
{
    /// <summary>Larger than any test needs, so that the order is that of the store.</summary>
    private const int WideWindow = 6000;

    public static IJobStore Create(TimeProvider time, Action<IProDevJobsBuilder> use)
    {
        IServiceCollection services = new ServiceCollection().AddSingleton(time);
        use(services.AddProDevJobs());
        return services.BuildServiceProvider().GetRequiredService<IJobStore>();
    }

    public static IJobStore Compose(TimeProvider time, TestBroker broker, Action<IProDevJobsBuilder> use)
        => new ComposedJobStore(broker, Create(time, use), time, WideWindow);

    /// <summary>Puts a broker before the provider that was chosen.</summary>
    public static void Behind(this IProDevJobsBuilder builder, TestBroker broker)
    {
        ServiceDescriptor provider = builder.Services.Last(static d => d.ServiceType == typeof(IJobStore));
        builder.Services.Replace(ServiceDescriptor.Singleton<IJobStore>(services => new ComposedJobStore(
            broker,
            (IJobStore)(provider.ImplementationFactory?.Invoke(services) ?? ActivatorUtilities.CreateInstance(services, provider.ImplementationType!)),
            services.GetRequiredService<TimeProvider>(),
            WideWindow)));
    }
}
