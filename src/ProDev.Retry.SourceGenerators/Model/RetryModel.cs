namespace ProDev.Retry.SourceGenerators;

/// <summary>An interface, and for each of its methods how it is retried.</summary>
internal sealed record RetryModel(InterfaceModel Interface, EquatableArray<RetriedMethod> Methods);
