using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ProDev.Shared.SourceGeneration;

/// <summary>A place in the source, without the syntax tree a <see cref="Location"/> would keep alive.</summary>
internal sealed record LocationModel(string FilePath, TextSpan Span, LinePositionSpan LineSpan)
{
    public static LocationModel? From(Location? location) =>
        location?.SourceTree is { } tree ? new LocationModel(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span) : null;

    public static LocationModel? From(ISymbol symbol) => From(symbol.Locations.FirstOrDefault(location => location.IsInSource));

    /// <summary>Where an attribute is written, or its owner when it stands in another assembly.</summary>
    public static LocationModel? From(AttributeData attribute, ISymbol owner, CancellationToken cancellationToken) =>
        From(attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation()) ?? From(owner);

    public Location ToLocation(Compilation? compilation) =>
        compilation?.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == FilePath) is { } tree && Span.End <= tree.Length
            ? Location.Create(tree, Span)
            : Location.Create(FilePath, Span, LineSpan);
}
