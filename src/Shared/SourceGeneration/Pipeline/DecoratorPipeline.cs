using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// Finds the interfaces that carry one of a package's attributes on at least one method of their own, and generates one
/// decorator for each. An interface is parsed once, at the first of its marked methods.
/// </summary>
/// <param name="attributeNames">Full names of the attributes that ask for a decorator.</param>
/// <param name="misplaced">Reported where the attribute does not stand on an instance method of an interface: attribute, member.</param>
/// <param name="parse">Symbols to an equatable model. Nothing of Roslyn may stay in the model.</param>
/// <param name="emit">A model to a file; null: there is nothing to write.</param>
/// <param name="closings">Where interfaces are found that get their decorator not where they are declared; null: nowhere.</param>
internal sealed class DecoratorPipeline<TModel>(
    IReadOnlyList<string> attributeNames,
    DiagnosticDescriptor misplaced,
    Func<ParsedInterface, CancellationToken, ParseResult<TModel>> parse,
    Func<TModel, GeneratedFile?> emit,
    ClosingFinder<TModel>? closings = null)
    where TModel : class, IEquatable<TModel>
{
    public void Register(IncrementalGeneratorInitializationContext context)
    {
        foreach (var attributeName in attributeNames)
        {
            var parsed = context.SyntaxProvider
                .ForAttributeWithMetadataName(attributeName, static (_, _) => true, (target, token) => Parse(attributeName, target, token))
                .Where(static result => result is not null)
                .WithTrackingName(DecoratorStepNames.Parse);

            // Findings carry positions, which move with every edit above them; the model does not, so the code stays as it is.
            Report(context, parsed.SelectMany(static (result, _) => result!.Diagnostics).WithTrackingName(DecoratorStepNames.Diagnostics));
            context.RegisterSourceOutput(
                parsed.Select(static (result, _) => result!.Model).Where(static model => model is not null).WithTrackingName(DecoratorStepNames.Models),
                (output, model) => Emit(output, model!));
        }

        if (closings is not null)
            RegisterClosings(context, closings.Find(context));
    }

    // Several calls may name the same interface.
    private void RegisterClosings(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParseResult<TModel>> parsed)
    {
        var findings = parsed
            .SelectMany(static (result, _) => result.Diagnostics)
            .Collect()
            .SelectMany(static (all, _) => all.Distinct());
        var models = parsed
            .Select(static (result, _) => result.Model)
            .Where(static model => model is not null)
            .Collect()
            .SelectMany(static (all, _) => all.Distinct())
            .WithTrackingName(DecoratorStepNames.ClosedModels);
        Report(context, findings);
        context.RegisterSourceOutput(models, (output, model) => Emit(output, model!));
    }

    // Costs nothing where there is nothing to report.
    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticModel> findings) => context.RegisterSourceOutput(
        findings.Combine(context.CompilationProvider),
        static (output, finding) => output.ReportDiagnostic(finding.Left.ToDiagnostic(finding.Right)));

    private void Emit(SourceProductionContext output, TModel model)
    {
        if (emit(model) is { } file)
            output.AddSource(file.HintName, file.Source);
    }

    private ParseResult<TModel>? Parse(string attributeName, GeneratorAttributeSyntaxContext target, CancellationToken cancellationToken)
    {
        if (target.TargetSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { TypeKind: TypeKind.Interface } type } method)
        {
            var finding = DiagnosticModel.Create(
                misplaced,
                LocationModel.From(target.Attributes[0], target.TargetSymbol, cancellationToken),
                ShortName(attributeName),
                target.TargetSymbol.ForPeople());
            return new ParseResult<TModel>(null, new[] { finding }.ToEquatableArray());
        }

        return IsFirst(attributeName, method, type) ? parse(InterfaceParser.Parse(type, type.ContainingAssembly, cancellationToken), cancellationToken) : null;
    }

    private bool IsFirst(string attributeName, IMethodSymbol method, INamedTypeSymbol type)
    {
        foreach (var candidate in type.GetMembers().OfType<IMethodSymbol>().Where(candidate => candidate is { MethodKind: MethodKind.Ordinary, IsStatic: false }))
        {
            if (attributeNames.FirstOrDefault(name => candidate.GetAttributes().Any(attribute => attribute.AttributeClass?.Is(name) == true)) is { } first)
                return first == attributeName && SymbolEqualityComparer.Default.Equals(candidate, method);
        }

        return false;
    }

    private static string ShortName(string attributeName)
    {
        var name = attributeName.Substring(attributeName.LastIndexOf('.') + 1);
        return name.Substring(0, name.Length - "Attribute".Length);
    }
}
