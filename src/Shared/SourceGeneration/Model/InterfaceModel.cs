namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// All that a decorator has to know of an interface. Holds text and flags only: no symbol, syntax or compilation, which
/// would keep old compilations alive and make every keystroke a change.
/// </summary>
/// <param name="Namespace">The namespace, or null for the global one.</param>
/// <param name="FullName">The name for code: <c>global::Atlas.ICityCatalog</c>.</param>
/// <param name="DisplayName">The name for people: <c>Atlas.ICityCatalog</c>.</param>
/// <param name="Stem">What decorators are named after: <c>CityCatalog</c>, or <c>Outer_CityCatalog</c> when nested.</param>
/// <param name="Methods">Own and inherited methods that a decorator implements, default implementations included.</param>
/// <param name="Properties">Own and inherited properties and indexers.</param>
/// <param name="Events">Own and inherited events.</param>
internal sealed record InterfaceModel(
    string? Namespace,
    string FullName,
    string DisplayName,
    string Stem,
    EquatableArray<MethodModel> Methods,
    EquatableArray<PropertyModel> Properties,
    EquatableArray<EventModel> Events)
{
    /// <summary>A file name no other interface of the compilation has.</summary>
    public string HintName(string suffix) => $"{DisplayName.Replace("@", "")}.{suffix}.g.cs";
}
