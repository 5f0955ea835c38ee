using System.Reflection;

namespace ProDev.Jobs.Tests;

/// <summary>Stands before a store; a test puts its own answer in place of some.</summary>
public class FaultyStore : DispatchProxy
{
    private IJobStore _inner = null!;

    /// <summary>Called with the name of each operation; returns what it answers, or null to ask the store.</summary>
    private Func<string, object?> _instead = null!;

    public static IJobStore Create(IJobStore inner, Func<string, object?> instead)
    {
        IJobStore store = Create<IJobStore, FaultyStore>();
        ((FaultyStore)store)._inner = inner;
        ((FaultyStore)store)._instead = instead;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => _instead(targetMethod!.Name) ?? targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
