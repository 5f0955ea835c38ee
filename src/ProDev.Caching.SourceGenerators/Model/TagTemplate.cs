using Microsoft.CodeAnalysis.CSharp;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>A tag: text and parameters in turn.</summary>
internal sealed record TagTemplate(EquatableArray<TagPart> Parts)
{
    public IEnumerable<string> Parameters => Parts.Where(part => part.IsParameter).Select(part => part.Text);

    public bool HasParameters => Parts.Any(part => part.IsParameter);

    /// <summary>The tag as an expression over parameters in scope.</summary>
    public string Expression => HasParameters
        ? $"global::System.FormattableString.Invariant($\"{string.Concat(Parts.Select(part => part.IsParameter ? $"{{{TypeNames.Escape(part.Text)}}}" : Literal(part.Text).Replace("{", "{{").Replace("}", "}}")))}\")"
        : $"\"{string.Concat(Parts.Select(part => Literal(part.Text)))}\"";

    private static string Literal(string text)
    {
        var quoted = SymbolDisplay.FormatLiteral(text, quote: true);
        return quoted.Substring(1, quoted.Length - 2);
    }
}
