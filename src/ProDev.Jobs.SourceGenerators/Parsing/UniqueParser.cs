using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Reads [JobUnique] of a class that carries [Job].</summary>
internal static class UniqueParser
{
    public const string Attribute = "ProDev.Jobs.JobUniqueAttribute";
    private const int Waiting = 3;
    private const int Unfinished = 7;
    private const int AllStates = 63;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static UniqueModel? Parse(
        INamedTypeSymbol type, ITypeSymbol? args, Action<AttributeData, DiagnosticDescriptor, string[]> report)
    {
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Is(Attribute) == true);
        if (attribute is null)
            return null;

        string[] properties = Properties(attribute);
        bool ignoresArguments = Named(attribute, "IgnoreArguments") is true;
        int states = Named(attribute, "States") as int? ?? Unfinished;
        int onConflict = Named(attribute, "OnConflict") as int? ?? 0;
        TimeSpan? period = null;
        if (Named(attribute, "Period") is string text)
        {
            if (TimeLimitRule.TryRead(text, Longest, out TimeSpan read))
                period = read;
            else
                Report(JobDiagnostics.MalformedPeriod, text);
        }

        foreach (string contradiction in Contradictions(properties, ignoresArguments, states, onConflict))
            Report(JobDiagnostics.ContradictoryUniqueness, contradiction);
        return new UniqueModel(
            properties.Select(Known).ToEquatableArray(), ignoresArguments, period, states, onConflict, Named(attribute, "PerQueue") is true);

        string Known(string property)
        {
            if (args is null or ITypeParameterSymbol)
                return property;
            IReadOnlyDictionary<string, string>? names = ArgumentProperties.Of(args);
            if (names is null)
                return property;
            if (names.TryGetValue(property, out string? name))
                return name;
            string all = names.Count == 0 ? "none" : string.Join(", ", names.Keys.OrderBy(n => n, StringComparer.Ordinal).Select(n => $"'{n}'"));
            Report(JobDiagnostics.UnknownUniqueProperty, property, args.ForPeople(), all);
            return property;
        }

        void Report(DiagnosticDescriptor descriptor, params string[] arguments) => report(attribute, descriptor, [type.ForPeople(), .. arguments]);
    }

    /// <summary>The finding for a class that carries [JobUnique] alone; null if it carries [Job], too.</summary>
    public static DiagnosticModel? WithoutJob(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        ISymbol type = context.TargetSymbol;
        return type.GetAttributes().Any(a => a.AttributeClass?.Is("ProDev.Jobs.JobAttribute") == true)
            ? null
            : DiagnosticModel.Create(
                JobDiagnostics.UniqueWithoutJob, LocationModel.From(context.Attributes[0], type, cancellationToken), type.ForPeople());
    }

    private static IEnumerable<string> Contradictions(string[] properties, bool ignoresArguments, int states, int onConflict)
    {
        if (ignoresArguments && properties.Length > 0)
            yield return "IgnoreArguments is set and properties are named. Leave one of them out";
        if (properties.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"the property '{twice.Key}' is named twice. Name each once";
        if (states == 0 || (states & ~AllStates) != 0)
            yield return $"States is {states.ToString(CultureInfo.InvariantCulture)}, which are no states. Name at least one of JobUniqueStates";
        else if (onConflict is not 0 && (states & Waiting) == 0)
            yield return "OnConflict concerns jobs that wait, but States has neither Scheduled nor Queued. Add one of them, or leave OnConflict out";
        if (onConflict is < 0 or > 2)
            yield return $"OnConflict is {onConflict.ToString(CultureInfo.InvariantCulture)}. Allowed are Skip, Replace and Reschedule";
    }

    private static string[] Properties(AttributeData attribute)
        => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0] is { IsNull: false, Kind: TypedConstantKind.Array } names
            ? [.. names.Values.Select(v => v.Value as string ?? "")]
            : [];

    private static object? Named(AttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { IsNull: false } value ? value.Value : null;
}
