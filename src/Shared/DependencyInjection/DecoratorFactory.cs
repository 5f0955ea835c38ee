namespace ProDev.Shared.DependencyInjection;

/// <summary>
/// Wraps <paramref name="inner"/>. <paramref name="registration"/> is the same for all instances of one decorated registration, and
/// no other has it.
/// </summary>
internal delegate T DecoratorFactory<T>(IServiceProvider services, object? registration, T inner)
    where T : class;
