using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Every diagnostic of the generator. Ids are never reused; each has a page under docs/diagnostics.</summary>
internal static class RetryDiagnostics
{
    public static readonly DiagnosticDescriptor Misplaced = Error(
        "PDR001",
        "[Retry] stands on a method of an interface",
        "[{0}] stands on '{1}', which is not an instance method of an interface, so it has no effect. " +
        "Move it to the method's declaration in the interface.");

    public static readonly DiagnosticDescriptor CannotDecorate = Error(
        "PDR002",
        "The interface cannot be decorated",
        "ProDev.Retry cannot decorate '{0}': {1}.");

    public static readonly DiagnosticDescriptor NotIdempotent = Warning(
        "PDR003",
        "A retried method should be idempotent",
        "'{0}' is retried, but nothing says that it may run twice: an attempt that seems to fail may have succeeded. " +
        "Add [Idempotent] if a repetition is harmless, or drop [Retry].");

    public static readonly DiagnosticDescriptor MalformedDuration = Error(
        "PDR004",
        "A duration is malformed or out of range",
        "'{0}' has {1} = \"{2}\", which is no duration that is allowed here. " +
        "Write it as \"hh:mm:ss\" or \"hh:mm:ss.fff\", {3}.");

    public static readonly DiagnosticDescriptor TooFewAttempts = Error(
        "PDR005",
        "MaxAttempts is at least 1",
        "'{0}' has MaxAttempts = {1}, but at least 1 is needed. It counts all attempts, the first included.");

    public static readonly DiagnosticDescriptor PolicyWithSettings = Error(
        "PDR006",
        "A named policy comes with all of its settings",
        "'{0}' takes the policy \"{1}\" and sets {2} as well. Set them where the policy is registered, or drop Policy.");

    public static readonly DiagnosticDescriptor NoCancellationToken = Warning(
        "PDR007",
        "A retried asynchronous method should take a CancellationToken",
        "'{0}' takes no CancellationToken, so its callers can stop neither an attempt nor the delay between two. " +
        "Add one as the last parameter.");

    public static readonly DiagnosticDescriptor UnrepeatableParameter = Error(
        "PDR008",
        "A parameter cannot be handed to a second attempt",
        "'{0}' cannot be retried: its parameter '{1}' {2}, and the value could not be kept for another attempt. " +
        "Pass it by value, or drop [Retry].");

    public static readonly DiagnosticDescriptor UnretriableResult = Error(
        "PDR009",
        "The result cannot be retried",
        "'{0}' cannot be retried: {1}. Return a value, Task or ValueTask, or drop [Retry].");

    public static readonly DiagnosticDescriptor DelaysContradict = Error(
        "PDR010",
        "BaseDelay is not longer than MaxDelay",
        "'{0}' has BaseDelay = \"{1}\", which is longer than MaxDelay = \"{2}\". Shorten it, or raise MaxDelay.");

    public static readonly DiagnosticDescriptor TimeoutWithoutToken = Error(
        "PDR011",
        "A timeout needs a CancellationToken",
        "'{0}' has a [Timeout] and takes no CancellationToken, so nothing could end the attempt. Add one as the last parameter, or drop [Timeout].");

    public static readonly DiagnosticDescriptor TimesContradict = Error(
        "PDR012",
        "The timeout of an attempt is shorter than the deadline",
        "'{0}' has a [Timeout] of \"{1}\", but Deadline = \"{2}\": no second attempt could ever start. Shorten it, or raise Deadline.");

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "ProDev.Retry", severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
}
