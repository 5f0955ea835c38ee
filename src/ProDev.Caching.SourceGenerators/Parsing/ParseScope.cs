using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>What the parsing of one interface collects and shares.</summary>
internal sealed class ParseScope(ParsedInterface parsed, CancellationToken cancellationToken)
{
    // Names the generated class for the stores has already.
    private readonly HashSet<string> _storeNames = ["Cache", "Stores"];

    public string InterfaceName => parsed.Model.DisplayName;

    /// <summary>The cached methods by their names as written, those with findings included.</summary>
    public IEnumerable<string> CachedNames => parsed.Methods
        .Where(method => CachingAttributes.Find(method, CachingAttributes.Cached).Any())
        .Select(method => method.Name)
        .Distinct();

    public List<DiagnosticModel> Findings { get; } = [];

    public LocationModel? At(AttributeData attribute, ISymbol owner) => LocationModel.From(attribute, owner, cancellationToken);

    public void Report(DiagnosticDescriptor descriptor, LocationModel? location, params string[] arguments) =>
        Findings.Add(DiagnosticModel.Create(descriptor, location, arguments));

    public string StoreName(string methodName)
    {
        var name = methodName;
        for (var number = 2; !_storeNames.Add(name); number++)
            name = $"{methodName}{number}";
        return TypeNames.Escape(name);
    }
}
