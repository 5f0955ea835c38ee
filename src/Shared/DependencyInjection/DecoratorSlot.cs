using System.Runtime.CompilerServices;

namespace ProDev.Shared.DependencyInjection;

/// <summary>
/// Where generated code leaves the decorator of <typeparamref name="T"/>. A static field of a generic type needs no
/// dictionary, no reflection and no trimming annotations.
/// </summary>
internal static class DecoratorSlot<T>
    where T : class
{
    private static DecoratorFactory<T>? _factory;

    public static void Fill(DecoratorFactory<T> factory) => Volatile.Write(ref _factory, factory);

    /// <summary>The generated decorator, or null if there is none.</summary>
    public static DecoratorFactory<T>? Find()
    {
        // The module initializer of a library runs only when its code is first used, and naming an interface is no use.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        return Volatile.Read(ref _factory);
    }
}
