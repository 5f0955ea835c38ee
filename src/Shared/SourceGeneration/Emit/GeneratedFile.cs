namespace ProDev.Shared.SourceGeneration;

/// <summary>One file of generated code.</summary>
internal sealed record GeneratedFile(string HintName, string Source);
