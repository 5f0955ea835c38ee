namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// A type parameter of a method. An explicit implementation inherits the constraints; it repeats only
/// <c>class</c>, <c>struct</c> or <c>default</c>, which say what <c>T?</c> means. A type of its own needs them all.
/// </summary>
internal sealed record TypeParameterModel(string Name, string RepeatedConstraint, string Constraints);
