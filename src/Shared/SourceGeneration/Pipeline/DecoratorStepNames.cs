namespace ProDev.Shared.SourceGeneration;

/// <summary>Names of the pipeline's steps, by which tests see what an edit made run again.</summary>
internal static class DecoratorStepNames
{
    public const string Parse = nameof(Parse);
    public const string Diagnostics = nameof(Diagnostics);
    public const string Models = nameof(Models);
    public const string Closings = nameof(Closings);
    public const string ClosedModels = nameof(ClosedModels);
}
