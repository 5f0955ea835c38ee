using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Generates <c>AddJobsFromThisAssembly()</c> from the classes that carry [Job].</summary>
[Generator(LanguageNames.CSharp)]
public sealed class JobsGenerator : IIncrementalGenerator
{
    private const string JobAttribute = "ProDev.Jobs.JobAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Embedded hides the generated class from friend assemblies, which have one of their own.
        context.RegisterPostInitializationOutput(static c => c.AddEmbeddedAttributeDefinition());

        IncrementalValuesProvider<ParsedJob> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(JobAttribute, static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax, JobParser.Parse)
            .WithTrackingName(JobsGeneratorStepNames.Parse);
        context.RegisterSourceOutput(parsed.SelectMany(static (p, _) => p.Diagnostics), static (c, d) => c.ReportDiagnostic(d.ToDiagnostic()));

        IncrementalValuesProvider<DiagnosticModel> stray = context.SyntaxProvider
            .ForAttributeWithMetadataName(UniqueParser.Attribute, static (_, _) => true, UniqueParser.WithoutJob)
            .Where(static d => d is not null)
            .Select(static (d, _) => d!);
        context.RegisterSourceOutput(stray, static (c, d) => c.ReportDiagnostic(d.ToDiagnostic()));

        IncrementalValueProvider<EquatableArray<JobModel>> located = parsed
            .Where(static p => p.Job is not null)
            .Select(static (p, _) => p.Job!)
            .Collect()
            .Select(static (all, _) => all.OrderBy(j => j.Name, StringComparer.Ordinal).ToEquatableArray());
        context.RegisterSourceOutput(located.SelectMany(static (all, _) => Duplicates(all)), static (c, d) => c.ReportDiagnostic(d.ToDiagnostic()));

        // Without the locations, so that a line typed above a job generates nothing anew.
        IncrementalValueProvider<EquatableArray<JobModel>> jobs = located
            .Select(static (all, _) => all.GroupBy(j => j.Name).Select(g => g.First() with { Location = null }).ToEquatableArray())
            .WithTrackingName(JobsGeneratorStepNames.Jobs);
        IncrementalValueProvider<bool> enabled = context.CompilationProvider
            .Select(static (c, _) => c.GetTypeByMetadataName(JobAttribute) is { } attribute
                && !SymbolEqualityComparer.Default.Equals(attribute.ContainingAssembly, c.Assembly))
            .WithTrackingName(JobsGeneratorStepNames.Enabled);
        context.RegisterSourceOutput(jobs.Combine(enabled), static (c, input) =>
        {
            if (!input.Right)
                return;
            GeneratedFile file = JobsEmitter.Emit(input.Left);
            c.AddSource(file.HintName, file.Source);
        });
    }

    private static IEnumerable<DiagnosticModel> Duplicates(EquatableArray<JobModel> jobs)
        => jobs.GroupBy(j => j.Name).SelectMany(g => g.Skip(1).Select(j => DiagnosticModel.Create(
            JobDiagnostics.DuplicateName, j.Location, j.Name, Display(g.First()), Display(j))));

    private static string Display(JobModel job) => job.JobType.Replace("global::", "");
}
