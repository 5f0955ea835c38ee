using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Chooses the constructor that generated code calls: the marked one, else the public (else internal) one with most parameters.</summary>
internal static class ConstructorChoice
{
    private const string Marker = "Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructorAttribute";
    private const string Keyed = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    private const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";

    public static IMethodSymbol? Choose(INamedTypeSymbol type, out string why)
    {
        why = ". Make one internal or public.";
        IMethodSymbol[] usable = [.. type.InstanceConstructors.Where(c => IsVisible(c) && !IsCopy(c, type))];
        IMethodSymbol? chosen =
            usable.FirstOrDefault(c => Has(c, Marker))
            ?? usable.OrderByDescending(c => c.DeclaredAccessibility == Accessibility.Public).ThenByDescending(c => c.Parameters.Length).FirstOrDefault();

        if (chosen is not null && chosen.Parameters.Any(p => p.RefKind is not (RefKind.None or RefKind.In)))
        {
            why = ": a parameter is passed by ref or out. Take services by value.";
            return null;
        }

        if (chosen is not null && HasRequiredMembers(type) && !Has(chosen, SetsRequiredMembers))
        {
            why = ": it has required members, which the container does not set. Take them as constructor parameters.";
            return null;
        }

        return chosen;
    }

    public static EquatableArray<InjectedParameter> Parameters(IMethodSymbol constructor)
        => constructor.Parameters.Where(p => !KeepsItsDefault(p)).Select(Parameter).ToEquatableArray();

    private static InjectedParameter Parameter(IParameterSymbol parameter)
    {
        AttributeData? keyed = parameter.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Is(Keyed) == true);
        string? key = keyed is { ConstructorArguments.Length: 1 } && !keyed.ConstructorArguments[0].IsNull
            ? keyed.ConstructorArguments[0].ToCSharpString()
            : null;
        bool required = !parameter.HasExplicitDefaultValue && parameter.Type.NullableAnnotation != NullableAnnotation.Annotated;
        return new InjectedParameter(TypeNames.Escape(parameter.Name), JobParser.NotNullable(parameter.Type).ForCode(), key, required);
    }

    /// <summary>An optional number or text is a setting, not a service.</summary>
    private static bool KeepsItsDefault(IParameterSymbol parameter)
        => parameter.HasExplicitDefaultValue && (parameter.Type.IsValueType || parameter.Type.SpecialType == SpecialType.System_String);

    private static bool IsVisible(IMethodSymbol constructor)
        => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type)
        => type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static bool Has(ISymbol symbol, string attribute)
        => symbol.GetAttributes().Any(a => a.AttributeClass?.Is(attribute) == true);

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            if (each.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }

        return false;
    }
}
