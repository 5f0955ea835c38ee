using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// Finds the interfaces whose decorator can be written only where they are decorated: closed generic ones, whose type arguments are known
/// nowhere else, and those that only inherit marked methods. Each gets one decorator in the assembly that calls the method.
/// </summary>
/// <param name="method">The name of the registration method, as <c>DecorateWithCache</c>; its type argument is the interface.</param>
/// <param name="declaringType">The full name of the class that has it.</param>
/// <param name="isMarked">Whether an interface has marked methods of its own, and so a decorator where it is declared unless it is generic.</param>
/// <param name="open">Reported for a type argument that is not known: the interface.</param>
/// <param name="parse">Symbols to an equatable model.</param>
internal sealed class ClosingFinder<TModel>(
    string method,
    string declaringType,
    Func<INamedTypeSymbol, bool> isMarked,
    DiagnosticDescriptor open,
    Func<ParsedInterface, CancellationToken, ParseResult<TModel>> parse)
    where TModel : class, IEquatable<TModel>
{
    public IncrementalValuesProvider<ParseResult<TModel>> Find(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .CreateSyntaxProvider(
            (node, _) => node is GenericNameSyntax { TypeArgumentList.Arguments.Count: 1 } name && name.Identifier.ValueText == method,
            Parse)
        .Where(static result => result is not null)
        .Select(static (result, _) => result!)
        .WithTrackingName(DecoratorStepNames.Closings);

    private ParseResult<TModel>? Parse(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var name = (GenericNameSyntax)context.Node;
        var symbols = context.SemanticModel.GetSymbolInfo(name, cancellationToken);
        if ((symbols.Symbol ?? symbols.CandidateSymbols.FirstOrDefault())?.ContainingType is not { } owner || !owner.Is(declaringType))
            return null;
        var argument = name.TypeArgumentList.Arguments[0];
        if (context.SemanticModel.GetTypeInfo(argument, cancellationToken).Type is not INamedTypeSymbol { TypeKind: TypeKind.Interface } type)
            return null;
        if (type.IsGenericType ? !type.AllInterfaces.Add(type).Any(isMarked) : isMarked(type) || !type.AllInterfaces.Any(isMarked))
            return null;

        var parsed = InterfaceParser.Parse((INamedTypeSymbol)AtRunTime(type), context.SemanticModel.Compilation.Assembly, cancellationToken);
        if (!parsed.IsOpen)
            return parse(parsed, cancellationToken);
        var finding = DiagnosticModel.Create(open, LocationModel.From(argument.GetLocation()), type.ForPeople());
        return new ParseResult<TModel>(null, new[] { finding }.ToEquatableArray());
    }

    // Nullable annotations and the names of tuple elements make types that differ for the compiler and are one at run time, where a
    // service has one decorator.
    private static ITypeSymbol AtRunTime(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsGenericType: true } named)
            return type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var bare = named.TupleUnderlyingType ?? named;
        return bare.ConstructedFrom.Construct([.. bare.TypeArguments.Select(AtRunTime)]).WithNullableAnnotation(NullableAnnotation.NotAnnotated);
    }
}
