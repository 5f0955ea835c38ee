using Microsoft.CodeAnalysis;

namespace ProDev.Retry.SourceGenerators;

/// <summary>Collects the findings about one attribute, all at the place where it is written.</summary>
internal sealed class Findings(LocationModel? location)
{
    private readonly List<DiagnosticModel> _items = [];

    public IReadOnlyList<DiagnosticModel> Items => _items;

    public void Add(DiagnosticDescriptor descriptor, params string[] arguments) =>
        _items.Add(DiagnosticModel.Create(descriptor, location, arguments));
}
