namespace ProDev.Shared.SourceGeneration;

/// <summary>Why an interface cannot be decorated at all, as the end of a sentence: "it is generic".</summary>
internal sealed record Obstacle(LocationModel? Location, string Reason);
