using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>What the parsing of one interface collects and shares.</summary>
internal sealed class ParseScope(ParsedInterface parsed, CancellationToken cancellationToken)
{
    // Names the generated class for the stores has already.
    private readonly HashSet<string> _storeNames = ["Cache", "Stores"];
    private readonly Dictionary<string, AmbientPart> _parts = [];
    private readonly List<DiagnosticModel> _findings = [];

    public ParsedInterface Parsed => parsed;

    public string InterfaceName => parsed.Model.DisplayName;

    /// <summary>The cached methods by their names as written, those with findings included.</summary>
    public IEnumerable<string> CachedNames => parsed.Methods
        .Where(method => CachingAttributes.Has(method, CachingAttributes.Cached))
        .Select(method => method.Name)
        .Distinct();

    /// <summary>The cached methods without errors.</summary>
    public List<(IMethodSymbol Symbol, CachedMethodModel Model)> Cached { get; } = [];

    /// <summary>What results depend on besides the arguments, in the order in which it was named.</summary>
    public IEnumerable<AmbientPart> Parts => _parts.Values;

    public IReadOnlyList<DiagnosticModel> Findings => _findings;

    public int Errors => _findings.Count(finding => finding.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);

    public LocationModel? At(AttributeData attribute, ISymbol owner) => LocationModel.From(attribute, owner, cancellationToken);

    public void Report(DiagnosticDescriptor descriptor, LocationModel? location, params string[] arguments) =>
        _findings.Add(DiagnosticModel.Create(descriptor, location, arguments));

    /// <summary>Takes back the findings since a moment that somebody else reports.</summary>
    public void Withdraw(int since, Func<DiagnosticModel, bool> isKnown)
    {
        var kept = _findings.Skip(since).Where(finding => !isKnown(finding)).ToList();
        _findings.RemoveRange(since, _findings.Count - since);
        _findings.AddRange(kept);
    }

    public string StoreName(string methodName)
    {
        var name = methodName;
        for (var number = 2; !_storeNames.Add(name); number++)
            name = $"{methodName}{number}";
        return TypeNames.Escape(name);
    }

    public AmbientPart Part(INamedTypeSymbol type)
    {
        var code = type.ForCode();
        if (_parts.TryGetValue(code, out var part))
            return part;
        var name = type.Name;
        for (var number = 2; _parts.Values.Any(other => other.Property == name); number++)
            name = $"{type.Name}{number}";
        return _parts[code] = new AmbientPart(name, code);
    }
}
