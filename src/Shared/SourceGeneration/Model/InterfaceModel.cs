namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// All that a decorator has to know of an interface. Holds text and flags only: no symbol, syntax or compilation, which
/// would keep old compilations alive and make every keystroke a change.
/// </summary>
/// <param name="Namespace">The namespace, or null for the global one.</param>
/// <param name="FullName">The name for code: <c>global::Atlas.ICityCatalog</c>.</param>
/// <param name="DisplayName">The name for people: <c>Atlas.ICityCatalog</c>.</param>
/// <param name="Stem">What decorators are named after: <c>CityCatalog</c>, or <c>Outer_CityCatalog</c> when nested.</param>
/// <param name="IsObsolete">Whether it, or a member, is obsolete. Code that names what may not be used any more must be obsolete itself.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="TypeParameters">Those of a generic interface that is not closed.</param>
/// <param name="Methods">Own and inherited methods that a decorator implements, default implementations included.</param>
/// <param name="Properties">Own and inherited properties and indexers.</param>
/// <param name="Events">Own and inherited events.</param>
internal sealed record InterfaceModel(
    string? Namespace,
    string FullName,
    string DisplayName,
    string Stem,
    bool IsObsolete,
    bool IsPublic,
    EquatableArray<TypeParameterModel> TypeParameters,
    EquatableArray<MethodModel> Methods,
    EquatableArray<PropertyModel> Properties,
    EquatableArray<EventModel> Events)
{
    /// <summary><c>&lt;T&gt;</c>, or nothing.</summary>
    public string TypeArguments => TypeParameters.Count == 0 ? "" : $"<{string.Join(", ", TypeParameters.Select(parameter => parameter.Name))}>";

    /// <summary>The name for documentation, which writes type arguments in braces.</summary>
    public string DocumentationName => FullName.Replace('<', '{').Replace('>', '}').Replace("?", "");

    /// <summary>A file name no other interface of the compilation has.</summary>
    public string HintName(string suffix) =>
        $"{DisplayName.Replace("@", "").Replace('<', '{').Replace('>', '}').Replace('?', '+')}.{suffix}.g.cs";
}
