namespace ProDev.Jobs.SourceGenerators;

/// <summary>The names of the pipeline's steps, by which tests see what ran again.</summary>
internal static class JobsGeneratorStepNames
{
    public const string Parse = "ParseJobs";
    public const string Jobs = "CollectJobs";
    public const string Enabled = "IsEnabled";
}
