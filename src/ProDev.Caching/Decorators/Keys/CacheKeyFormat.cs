using System.ComponentModel;

namespace ProDev.Caching;

/// <summary>
/// How the arguments of a cached method are written as text. For generated code; may change in any release, together with the
/// generator in the same package.
/// </summary>
/// <typeparam name="TKey">The arguments that make the key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CacheKeyFormat<TKey>
    where TKey : notnull
{
    /// <summary>Makes a format.</summary>
    /// <param name="method">The interface, the method and the types of its parameters.</param>
    /// <param name="schema">A hash of the shape of the result: results of another shape are not found.</param>
    /// <param name="write">Writes the arguments.</param>
    /// <param name="read">Reads them back, in the same order.</param>
    /// <param name="typeArguments">The type arguments of a generic method.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public CacheKeyFormat(string method, string schema, Action<CacheKeyWriter, TKey> write, Func<CacheKeyReader, TKey> read, params Type[] typeArguments)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(typeArguments);
        Method = method;
        Schema = schema;
        Write = write;
        Read = read;
        TypeArguments = typeArguments;
    }

    internal string Method { get; }

    internal string Schema { get; }

    internal Action<CacheKeyWriter, TKey> Write { get; }

    internal Func<CacheKeyReader, TKey> Read { get; }

    internal IReadOnlyList<Type> TypeArguments { get; }
}
