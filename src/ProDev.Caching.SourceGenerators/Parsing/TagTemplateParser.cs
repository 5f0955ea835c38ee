using System.Text;
using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Reads tags such as <c>country:{country}</c>.</summary>
internal static class TagTemplateParser
{
    private const string Everything = "*";

    /// <param name="scope">Takes the findings.</param>
    /// <param name="text">The tag as written.</param>
    /// <param name="method">The method whose parameters it may name.</param>
    /// <param name="location">Where findings are reported.</param>
    /// <param name="keyNames">The parameters it may name, or null for all.</param>
    /// <param name="mayBeEverything">Whether <c>*</c> is allowed.</param>
    public static TagTemplate? Parse(
        ParseScope scope, string text, IMethodSymbol method, LocationModel? location, ICollection<string>? keyNames, bool mayBeEverything)
    {
        var parts = Split(text, out var fault);
        fault ??= Check(parts, method, keyNames, mayBeEverything);
        if (fault is null)
            return new TagTemplate(parts.ToEquatableArray());
        scope.Report(CachingDiagnostics.BadTag, location, text, method.ForPeople(), fault);
        return null;
    }

    /// <summary>Whether values of the type have a text that means the same everywhere.</summary>
    public static bool HasText(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return HasText(nullable.TypeArguments[0]);
        return type.SpecialType is SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Boolean
            || type.TypeKind == TypeKind.Enum
            || type.AllInterfaces.Any(@interface => @interface.Is("System.IFormattable"));
    }

    private static List<TagPart> Split(string text, out string? fault)
    {
        fault = null;
        var parts = new List<TagPart>();
        var literal = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character is '{' or '}' && index + 1 < text.Length && text[index + 1] == character)
            {
                literal.Append(character);
                index++;
            }
            else if (character == '{' && text.IndexOf('}', index) is > 0 and var end)
            {
                if (literal.Length > 0)
                    parts.Add(new TagPart(literal.ToString(), IsParameter: false));
                literal.Clear();
                parts.Add(new TagPart(text.Substring(index + 1, end - index - 1).Trim(), IsParameter: true));
                index = end;
            }
            else if (character is '{' or '}')
            {
                fault = $"its brace at position {index + 1} has no counterpart. Write '{character}{character}' for the character itself.";
                return parts;
            }
            else
            {
                literal.Append(character);
            }
        }

        if (literal.Length > 0)
            parts.Add(new TagPart(literal.ToString(), IsParameter: false));
        return parts;
    }

    private static string? Check(List<TagPart> parts, IMethodSymbol method, ICollection<string>? keyNames, bool mayBeEverything)
    {
        if (parts.Count == 0)
            return "it is empty.";
        foreach (var name in parts.Where(part => part.IsParameter).Select(part => part.Text))
        {
            var parameter = method.Parameters.FirstOrDefault(parameter => parameter.Name == name);
            if (parameter is null)
                return $"there is no parameter '{name}'. Parameters: {string.Join(", ", method.Parameters.Select(known => $"'{known.Name}'"))}.";
            if (keyNames?.Contains(name) == false)
                return $"the parameter '{name}' is not part of the key, so calls that share a result would differ in this tag.";
            if (!HasText(parameter.Type))
                return $"the type '{parameter.Type.ForPeople()}' of the parameter '{name}' has no text of its own. Use a string, a number, a date, an enum or another IFormattable.";
        }

        var literal = string.Concat(parts.Where(part => !part.IsParameter).Select(part => part.Text));
        if (parts.Any(part => part.IsParameter))
            return literal is "" or Everything ? "an argument alone could be empty or '*', which means every entry. Add text, as in 'name:{parameter}'." : null;
        return literal == Everything && !mayBeEverything ? "'*' means every entry. Use another name." : null;
    }
}
