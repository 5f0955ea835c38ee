using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Parameters that say something about the call or the caller rather than about the result.</summary>
internal static class CallerTypes
{
    private static readonly HashSet<string> Tools =
    [
        "Microsoft.Extensions.Logging.ILogger", "Microsoft.Extensions.Logging.ILoggerFactory", "System.IServiceProvider", "System.IProgress`1",
        "Microsoft.Extensions.DependencyInjection.IServiceScopeFactory", "Microsoft.Extensions.DependencyInjection.IServiceScope",
        "System.Threading.CancellationTokenSource",
    ];

    private static readonly HashSet<string> Callers =
    [
        "System.Security.Principal.IPrincipal", "System.Security.Principal.IIdentity", "Microsoft.AspNetCore.Http.HttpContext",
        "Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.Http.IHttpContextAccessor",
    ];

    private static readonly HashSet<string> Words =
    [
        "tenant", "user", "customer", "account", "owner", "organization", "organisation", "principal", "identity", "role", "roles", "culture", "language", "locale",
    ];

    /// <summary>Why a parameter of the type has no place in a key, as the rest of a sentence, and the finding that says so; or null.</summary>
    public static (DiagnosticDescriptor Finding, string Reason)? Objection(ITypeSymbol type)
    {
        var name = type.ForPeople();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && nullable.TypeArguments[0].Is("System.Threading.CancellationToken"))
            return (CachingDiagnostics.ToolInKey, "a token has nothing to do with the result. Declare it as a CancellationToken, which is left out by itself.");
        if (IsAny(type, Tools))
            return (CachingDiagnostics.ToolInKey, $"a '{name}' is a tool of the call, and the result does not depend on it. Put [CacheKeyIgnore] on it, or leave it out.");
        if (IsAny(type, Callers))
            return (CachingDiagnostics.CallerInKey, $"a '{name}' is the caller. Take what the result depends on as a parameter, such as the user's id, or name it by [CacheVaryBy<T>].");
        return null;
    }

    /// <summary>The word by which an ignored parameter looks like what results depend on, or null.</summary>
    public static string? LooksLikeCaller(IParameterSymbol parameter)
    {
        if (IsAny(parameter.Type, Callers))
            return "caller";
        if (KeyTypes.Objection(parameter.Type) is not null && !parameter.Type.Is("System.Globalization.CultureInfo"))
            return null;
        return WordsOf(parameter.Name).FirstOrDefault(Words.Contains);
    }

    // currentUserId: current, user, id.
    private static IEnumerable<string> WordsOf(string name)
    {
        var start = 0;
        for (var index = 1; index <= name.Length; index++)
        {
            if (index < name.Length && !char.IsUpper(name[index]) && name[index] != '_')
                continue;
            yield return name.Substring(start, index - start).Trim('_').ToLowerInvariant();
            start = index;
        }
    }

    private static bool IsAny(ITypeSymbol type, HashSet<string> names)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Matches(current))
                return true;
        }

        return type.AllInterfaces.Any(Matches);

        bool Matches(ITypeSymbol candidate) => candidate.OriginalDefinition is INamedTypeSymbol named && names.Contains(named.FullMetadataName());
    }
}
