namespace ProDev.Jobs.SourceGenerators;

/// <summary>What parsing one class gave: a job, or what is wrong with it.</summary>
internal sealed record ParsedJob(JobModel? Job, EquatableArray<DiagnosticModel> Diagnostics);
