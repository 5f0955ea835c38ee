namespace ProDev.Shared.SourceGeneration;

/// <summary>What one step of parsing found: a model, findings, or both.</summary>
internal sealed record ParseResult<T>(T? Model, EquatableArray<DiagnosticModel> Diagnostics)
    where T : class, IEquatable<T>;
