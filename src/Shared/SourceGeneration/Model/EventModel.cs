namespace ProDev.Shared.SourceGeneration;

/// <summary>An event.</summary>
internal sealed record EventModel(string DeclaringType, bool IsInherited, string Name, string Type);
