namespace ProDev.Shared.DependencyInjection;

/// <summary>Wraps <paramref name="inner"/>, which was registered under <paramref name="serviceKey"/> (null: without a key).</summary>
internal delegate T DecoratorFactory<T>(IServiceProvider services, object? serviceKey, T inner)
    where T : class;
