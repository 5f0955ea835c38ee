using System.Collections.Concurrent;
using System.ComponentModel;

namespace ProDev.Caching;

/// <summary>
/// The results of one generic method: a store for each list of type arguments. For generated code; may change in any release,
/// together with the generator in the same package.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedMethodFamily
{
    private readonly ConcurrentDictionary<Type, object> _methods = new();
    private readonly CacheDecoratorContext _context;

    /// <summary>Makes a family without stores.</summary>
    /// <param name="context">What the stores have in common.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public CachedMethodFamily(CacheDecoratorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
    }

    /// <summary>Finds the store for one list of type arguments, or makes it.</summary>
    /// <param name="create">Makes the store.</param>
    /// <typeparam name="TMethod">The type of the store. The type arguments of the method are part of it.</typeparam>
    /// <returns>The store, the same one each time.</returns>
    public TMethod Get<TMethod>(Func<CacheDecoratorContext, TMethod> create)
        where TMethod : class =>
        (TMethod)_methods.GetOrAdd(typeof(TMethod), static (_, made) => made.create(made._context), (create, _context));
}
