using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs;

/// <summary>One registered middleware: its type, and how a scope gives it.</summary>
internal abstract class JobMiddlewareBinding(Type type)
{
    public Type Type { get; } = type;

    public abstract IJobMiddleware Resolve(IServiceProvider scope);

    internal sealed class For<T>() : JobMiddlewareBinding(typeof(T))
        where T : class, IJobMiddleware
    {
        public override IJobMiddleware Resolve(IServiceProvider scope) => scope.GetRequiredService<T>();
    }
}
