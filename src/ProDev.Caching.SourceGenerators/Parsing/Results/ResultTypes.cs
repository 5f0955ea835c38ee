using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Which results can be handed to several callers.</summary>
internal static class ResultTypes
{
    /// <summary>Why the result cannot be cached, or null.</summary>
    public static string? Objection(ReturnKind kind, IMethodSymbol method) => kind switch
    {
        ReturnKind.Void or ReturnKind.Task or ReturnKind.ValueTask => "there is none. Remove [Cached], or return what the method finds out.",
        ReturnKind.Reference => "it is returned by reference. Return a value.",
        ReturnKind.AsyncEnumerable => "it is read after the method has returned, and by one caller. Return a list.",
        _ => Objection(Of(kind, method)),
    };

    /// <summary>What is cached: the result, or what the task answers.</summary>
    public static ITypeSymbol Of(ReturnKind kind, IMethodSymbol method) =>
        kind is ReturnKind.TaskOfT or ReturnKind.ValueTaskOfT ? ((INamedTypeSymbol)method.ReturnType).TypeArguments[0] : method.ReturnType;

    private static string? Objection(ITypeSymbol type)
    {
        var name = type.ForPeople();
        if (type.IsRefLikeType)
            return $"a '{name}' cannot be stored. Return an array or a list.";
        if (type.TypeKind is TypeKind.Dynamic or TypeKind.TypeParameter)
            return null;
        if (Implements(type, "System.Collections.Generic.IAsyncEnumerable`1"))
            return $"a '{name}' is read after the method has returned, and by one caller. Return a list.";
        if (Implements(type, "System.Linq.IQueryable"))
            return $"a '{name}' is a query, which would run again for each caller. Return a list of what it finds.";
        if (type.Is("System.Threading.Tasks.Task") || type.Is("System.Threading.Tasks.Task`1") || type.Is("System.Threading.Tasks.ValueTask") || type.Is("System.Threading.Tasks.ValueTask`1"))
            return $"a '{name}' is not the value yet. Await it inside the method.";
        if (Implements(type, "System.IDisposable") || Implements(type, "System.IAsyncDisposable"))
            return $"a '{name}' is disposed by whoever gets it, and the next caller would get it disposed. Return what it holds.";
        return null;
    }

    private static bool Implements(ITypeSymbol type, string name) => type.Is(name) || type.AllInterfaces.Any(@interface => @interface.Is(name));
}
