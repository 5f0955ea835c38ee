namespace ProDev.Caching.SourceGenerators;

/// <summary>A piece of a tag: literal text, or the name of a parameter.</summary>
internal sealed record TagPart(string Text, bool IsParameter);
