using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Every diagnostic of the generator. Ids are never reused; each has a page under docs/diagnostics.</summary>
internal static class JobDiagnostics
{
    public static readonly DiagnosticDescriptor NotAJob = Error(
        "PDJ001",
        "A [Job] class must implement exactly one IJob",
        "The class '{0}' carries [Job] but implements {1} of IJob<TArgs> and IJob<TArgs, TResult>. Implement one of them, for one argument type.");

    public static readonly DiagnosticDescriptor CannotBeCreated = Error(
        "PDJ002",
        "A [Job] class must be concrete",
        "The job '{0}' is {1}, so no worker can create it. Put [Job] on a concrete, non-generic class that is not nested in a generic one.");

    public static readonly DiagnosticDescriptor MalformedName = Error(
        "PDJ003",
        "A job name is malformed",
        "The job name '{0}' is malformed. Allowed are 1 to 128 of: letters A-Z and a-z, digits, '.', '-', '_'; the first one a letter or digit.");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "PDJ004",
        "Two jobs have the same name",
        "The job name '{0}' is used by '{1}' and by '{2}'. A stored job could not tell which one to run; give one of them another name.");

    public static readonly DiagnosticDescriptor TooFewAttempts = Error(
        "PDJ005",
        "MaxAttempts is below 1",
        "The job '{0}' has MaxAttempts = {1}, but the first attempt counts too. Set it to 1 (no retry) or more.");

    public static readonly DiagnosticDescriptor NoConstructor = Error(
        "PDJ006",
        "A job has no usable constructor",
        "The job '{0}' has no public or internal constructor that generated code can call{1}");

    public static readonly DiagnosticDescriptor NotSerializable = Error(
        "PDJ007",
        "Job arguments cannot be serialised",
        "The job '{0}' takes '{1}', which cannot be stored as JSON: {2}. Use a record of plain data; pass the key of anything else.");

    public static readonly DiagnosticDescriptor NotAccessible = Error(
        "PDJ008",
        "Generated code cannot see a job or its arguments",
        "The job '{0}' cannot be registered because '{1}' is private, protected or file-local. Make it internal or public.");

    public static readonly DiagnosticDescriptor MalformedQueue = Error(
        "PDJ009",
        "A queue name is malformed",
        "The queue name '{0}' is malformed. Allowed are 1 to 128 of: letters A-Z and a-z, digits, '.', '-', '_'; the first one a letter or digit.");

    public static readonly DiagnosticDescriptor MalformedTimeLimit = Error(
        "PDJ010",
        "A time limit is malformed",
        "The job '{0}' has {1} = \"{2}\". Write hours, minutes and seconds, such as \"00:00:30\"; more than zero and at most 30 days (\"30.00:00:00\").");

    public static readonly DiagnosticDescriptor SoftLimitNotShorter = Error(
        "PDJ011",
        "The soft time limit is not shorter than the hard one",
        "The job '{0}' has SoftTimeLimit = \"{1}\" and HardTimeLimit = \"{2}\". Make the soft limit shorter, so that the job can end in order.");

    public static readonly DiagnosticDescriptor VersionTooLow = Error(
        "PDJ012",
        "Version is below 1",
        "The job '{0}' has Version = {1}. Versions begin with 1; leave it out for the first one.");

    public static readonly DiagnosticDescriptor MalformedRate = Error(
        "PDJ015",
        "A rate limit is malformed",
        "The job '{0}' has RateLimit = \"{1}\". Write the number of starts, from 1 to 1,000,000, a slash, and s, m or h, such as \"100/m\".");

    public static readonly DiagnosticDescriptor RateBurst = Error(
        "PDJ016",
        "The burst of a rate limit is out of range or has no rate",
        "The job '{0}' has RateBurst = {1}. Set it together with RateLimit, from 1 to 1,000,000 and to no more than the rate gives in ten years, or leave it out for 1.");

    public static readonly DiagnosticDescriptor UnknownUniqueProperty = Error(
        "PDJ020",
        "[JobUnique] names a property that the arguments do not have",
        "The job '{0}' is to be unique by the property '{1}', which its arguments, '{2}', do not have or do not write as JSON. They have: {3}.");

    public static readonly DiagnosticDescriptor MalformedPeriod = Error(
        "PDJ021",
        "The Period of [JobUnique] is malformed",
        "The job '{0}' has [JobUnique] with Period = \"{1}\". Write hours, minutes and seconds, such as \"00:10:00\"; more than zero and at most ten years (\"3650.00:00:00\").");

    public static readonly DiagnosticDescriptor ContradictoryUniqueness = Error(
        "PDJ022",
        "[JobUnique] contradicts itself",
        "The job '{0}' has a [JobUnique] that cannot be meant: {1}.");

    public static readonly DiagnosticDescriptor UniqueWithoutJob = Error(
        "PDJ023",
        "[JobUnique] without [Job]",
        "The class '{0}' carries [JobUnique] but not [Job], so nothing would be unique. Add [Job(\"name\")], or take it off.");

    private static DiagnosticDescriptor Error(string id, string title, string message)
#pragma warning disable RS1032 // Our messages are full sentences that end with the remedy.
        => new(id, title, message, "ProDev.Jobs", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
#pragma warning restore RS1032
}
