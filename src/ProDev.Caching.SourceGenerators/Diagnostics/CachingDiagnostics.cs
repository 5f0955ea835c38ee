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

    public static readonly DiagnosticDescriptor BadExpiration = new(
        "PDC003", "The expiration is no positive time",
        "The expiration '{0}' of '{1}' is no time greater than zero. Write it as [d.]hh:mm:ss[.fffffff], for example 00:10:00 for ten minutes.",
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
        "PDC010", "A method cannot be cached and remove cached results",
        "The method '{0}' has both [Cached] and [CacheInvalidates]: on a hit it would not run, and nothing would be removed. Split it in two.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpPages + "PDC010.md");
}
