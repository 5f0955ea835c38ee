namespace ProDev.Jobs.SourceGenerators;

/// <summary>A constructor parameter that comes from the container.</summary>
/// <param name="Name">The parameter, escaped for code.</param>
/// <param name="Type">The service, without a nullable mark.</param>
/// <param name="Key">The literal of its service key, or null.</param>
/// <param name="IsRequired">Whether a missing service is an error.</param>
internal sealed record InjectedParameter(string Name, string Type, string? Key, bool IsRequired);
