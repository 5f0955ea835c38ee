using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>Turns a method of an interface into its model.</summary>
internal static class MethodParser
{
    public static MethodModel Parse(IMethodSymbol method, INamedTypeSymbol decorated)
    {
        var (kind, result) = ParseReturn(method);
        var returnType = method.ReturnType.ForCode();
        return new MethodModel(
            method.ContainingType.ForCode(),
            IsInherited(method, decorated),
            TypeNames.Escape(method.Name),
            kind,
            method.RefKind switch { RefKind.Ref => $"ref {returnType}", RefKind.RefReadOnly => $"ref readonly {returnType}", _ => returnType },
            result?.ForCode(),
            method.TypeParameters.Select(ParseTypeParameter).ToEquatableArray(),
            ParseParameters(method.Parameters),
            IsDisposal(method));
    }

    public static EquatableArray<ParameterModel> ParseParameters(IEnumerable<IParameterSymbol> parameters) =>
        parameters.Select(parameter => new ParameterModel(
            TypeNames.Escape(parameter.Name),
            parameter.Type.ForCode(),
            parameter.RefKind,
            parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out,
            parameter.Type.IsRefLikeType,
            parameter.Type.Is("System.Threading.CancellationToken"))).ToEquatableArray();

    public static bool IsInherited(ISymbol member, INamedTypeSymbol decorated) =>
        !SymbolEqualityComparer.Default.Equals(member.ContainingType, decorated);

    private static (ReturnKind Kind, ITypeSymbol? Result) ParseReturn(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
            return (ReturnKind.Void, null);
        if (method.RefKind != RefKind.None)
            return (ReturnKind.Reference, method.ReturnType);
        var arguments = (method.ReturnType as INamedTypeSymbol)?.TypeArguments ?? [];
        return (method.ReturnType.OriginalDefinition as INamedTypeSymbol)?.FullMetadataName() switch
        {
            "System.Threading.Tasks.Task" => (ReturnKind.Task, null),
            "System.Threading.Tasks.Task`1" => (ReturnKind.TaskOfT, arguments[0]),
            "System.Threading.Tasks.ValueTask" => (ReturnKind.ValueTask, null),
            "System.Threading.Tasks.ValueTask`1" => (ReturnKind.ValueTaskOfT, arguments[0]),
            "System.Collections.Generic.IAsyncEnumerable`1" => (ReturnKind.AsyncEnumerable, arguments[0]),
            _ => (ReturnKind.Value, method.ReturnType),
        };
    }

    public static TypeParameterModel ParseTypeParameter(ITypeParameterSymbol parameter)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            constraints.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            constraints.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            constraints.Add("notnull");
        constraints.AddRange(parameter.ConstraintTypes.Select(type => type.ForCode()));
        if (parameter.HasConstructorConstraint)
            constraints.Add("new()");
        if (parameter.AllowsRefLikeType)
            constraints.Add("allows ref struct");
        return new TypeParameterModel(
            TypeNames.Escape(parameter.Name),
            parameter.IsReferenceType ? "class" : parameter.IsValueType ? "struct" : "default",
            string.Join(", ", constraints));
    }

    private static bool IsDisposal(IMethodSymbol method) =>
        method.ContainingType.SpecialType == SpecialType.System_IDisposable || method.ContainingType.Is("System.IAsyncDisposable");
}
