using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Draws the interface by which an application removes cached results: one method for all cached ones of the same name and key.</summary>
internal static class InvalidatorParser
{
    public static InvalidatorModel? Parse(ParseScope scope)
    {
        var type = scope.Parsed.Type;
        var definition = type.OriginalDefinition;
        var methods = ParseMethods(scope);
        if (methods.Count == 0)
            return null;

        var isHome = SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, scope.Parsed.Home);
        var name = $"I{InterfaceParser.Stem(definition)}Cache";
        var isMarked = IsMarked(definition);
        var taken = definition.ContainingNamespace.GetTypeMembers(name, definition.Arity).FirstOrDefault();

        // An interface that is closed here was marked where it is declared, and its invalidator is declared there, too.
        if (isMarked && !isHome && taken is null)
            return null;
        if (taken is not null && !(isMarked && !isHome))
        {
            scope.Report(CachingDiagnostics.InvalidatorNameTaken, scope.Parsed.Location, taken.ForPeople(), scope.InterfaceName);
            return null;
        }

        // What is declared elsewhere has a method for each cached one, also for those that cannot be cached as they are closed here.
        var isDeclaredHere = SymbolEqualityComparer.Default.Equals(definition, type) || !isMarked;
        if (!isDeclaredHere && scope.Errors > 0)
            return null;
        var arguments = type.TypeArguments.Length == 0 ? "" : $"<{string.Join(", ", type.TypeArguments.Select(argument => argument.ForCode()))}>";
        var space = definition.ContainingNamespace is { IsGlobalNamespace: false } named ? $"{named.ToDisplayString()}." : "";
        return new InvalidatorModel(name, $"global::{space}{name}{arguments}", scope.Parsed.Model.IsPublic && isHome, isDeclaredHere, methods.ToEquatableArray());
    }

    /// <summary>Whether an interface has a method of its own that asks for a decorator, so that one is written where it is declared.</summary>
    public static bool IsMarked(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Any(method =>
        method is { MethodKind: MethodKind.Ordinary, IsStatic: false }
        && CacheDecoratorGenerator.Attributes.Any(attribute => CachingAttributes.Has(method, attribute)));

    private static List<InvalidatorMethod> ParseMethods(ParseScope scope) => scope.Cached
        .Select(cached => cached.Model)
        .GroupBy(cached => $"{Name(cached)}`{cached.Method.TypeParameters.Count}({string.Join(", ", cached.Key.Where(part => part.Ambient is null).Select(part => part.Type.Replace("?", "")))})")
        .Select(group => new InvalidatorMethod(Name(group.First()), Token(group.First()), group.ToEquatableArray()))
        .ToList();

    private static string Name(CachedMethodModel cached)
    {
        const string Suffix = "Async";
        var name = cached.Method.Name.TrimStart('@');
        name = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
        return $"Invalidate{char.ToUpperInvariant(name[0])}{name.Substring(1)}Async";
    }

    private static string Token(CachedMethodModel cached)
    {
        var name = "cancellationToken";
        while (cached.Key.Any(part => part.Name == name))
            name = $"{name}2";
        return name;
    }
}
