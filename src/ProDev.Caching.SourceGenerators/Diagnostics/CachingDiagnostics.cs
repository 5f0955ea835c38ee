using Microsoft.CodeAnalysis;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// All findings of the generator. An id is never reused; each has a page under docs/diagnostics and a test.
/// </summary>
internal static class CachingDiagnostics
{
    // A path inside the repository, which moves with it.
    private const string HelpPages = "docs/diagnostics/";
    private const string Category = "ProDev.Caching";

    public static readonly DiagnosticDescriptor NotDecoratable = new(
        "PDC001", "The interface cannot be decorated",
        "The interface '{0}' cannot be decorated: {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC001.md");

    public static readonly DiagnosticDescriptor Misplaced = new(
        "PDC002", "The attribute does not stand on a method of an interface",
        "[{0}] has no effect on '{1}': decorators are generated for interfaces. Put it on the method of the interface that the service is registered as.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC002.md");

    public static readonly DiagnosticDescriptor BadOption = new(
        "PDC003", "An option of the cached result is out of range",
        "An option of '{0}' is out of range: {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC003.md");

    public static readonly DiagnosticDescriptor BadTag = new(
        "PDC004", "The tag cannot be written",
        "The tag '{0}' of '{1}' cannot be written: {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC004.md");

    public static readonly DiagnosticDescriptor UncacheableParameter = new(
        "PDC005", "The parameter cannot be part of a cache key",
        "The parameter '{0}' of '{1}' cannot be part of a cache key: {2}. If the result does not depend on it, put [CacheKeyIgnore] on it.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC005.md");

    public static readonly DiagnosticDescriptor UncacheableResult = new(
        "PDC006", "The result cannot be cached",
        "The result of '{0}' cannot be cached: {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC006.md");

    public static readonly DiagnosticDescriptor NoSuchCachedMethod = new(
        "PDC007", "There is no cached method of this name",
        "'{0}' is to remove the results of '{1}', but '{2}' has no method of that name with [Cached]. Cached methods: {3}.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC007.md");

    public static readonly DiagnosticDescriptor NothingToRemove = new(
        "PDC008", "It is not known which results to remove",
        "It is not known which results '{0}' is to remove: {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC008.md");

    public static readonly DiagnosticDescriptor NotWrappable = new(
        "PDC009", "The method cannot be wrapped",
        "The method '{0}' cannot be wrapped: {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC009.md");

    public static readonly DiagnosticDescriptor CachedAndInvalidating = new(
        "PDC010", "A method cannot be cached and change cached results",
        "The method '{0}' is cached and also replaces or removes cached results: on a hit it would not run, and nothing would change. Split it in two.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC010.md");

    public static readonly DiagnosticDescriptor MutableResult = new(
        "PDC011", "The cached object may be changed by those who get it",
        "'{0}', the result of '{1}', is not proven immutable, and callers may share it. Make its type immutable, or say Isolation = ValueIsolation.Share (nobody changes it) or ValueIsolation.Copy (everybody gets a copy).",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC011.md");

    public static readonly DiagnosticDescriptor ToolInKey = new(
        "PDC012", "The parameter has no place in a cache key",
        "The parameter '{0}' of '{1}' has no place in a cache key: {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC012.md");

    public static readonly DiagnosticDescriptor CallerIgnored = new(
        "PDC013", "What results may depend on is left out of the key",
        "The parameter '{0}' of '{1}' looks like the {2} and is left out of the key: everybody would get what the first caller was given. Remove [CacheKeyIgnore].",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC013.md");

    public static readonly DiagnosticDescriptor NothingToPut = new(
        "PDC014", "The result cannot replace a cached one",
        "'{0}' cannot replace a result of '{1}': {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC014.md");

    public static readonly DiagnosticDescriptor MemoryOnly = new(
        "PDC015", "The results stay in this process's memory",
        "The parameter '{0}' of '{1}' is a '{2}', which has no text, so the results stay in this process's memory. Use values, tuples or positional records of them to reach the second level.",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC015.md");

    public static readonly DiagnosticDescriptor HiddenPart = new(
        "PDC016", "The part of the key cannot be seen",
        "Generated code cannot see '{0}', by which the results of '{1}' vary. Make it, and the types around it, internal or public.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC016.md");

    public static readonly DiagnosticDescriptor OpenRegistration = new(
        "PDC017", "The decorated interface is not known here",
        "There is no decorator for '{0}', because its type arguments are not known here. Call DecorateWithCache for a closed interface, outside of generic code.",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC017.md");

    public static readonly DiagnosticDescriptor InvalidatorNameTaken = new(
        "PDC018", "The name of the invalidator is taken",
        "There is a '{0}' already, so no interface by that name is written to remove results of '{1}'. Rename it to have one.",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC018.md");

    public static readonly DiagnosticDescriptor CallerInKey = new(
        "PDC019", "The caller has no place in a cache key",
        "The parameter '{0}' of '{1}' has no place in a cache key: {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC019.md");
}
