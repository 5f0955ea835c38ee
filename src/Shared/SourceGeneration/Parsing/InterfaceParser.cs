using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>Turns an interface and the members it inherits into a model, and names what stands in the way of decorating it.</summary>
internal static class InterfaceParser
{
    public static ParsedInterface Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var obstacles = TypeObstacles(type).ToList();
        var methods = new List<IMethodSymbol>();
        var properties = new List<PropertyModel>();
        var events = new List<EventModel>();

        foreach (var member in type.AllInterfaces.Insert(0, type).SelectMany(declaring => declaring.GetMembers()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsImplementedByTheDecorator(member))
                continue;
            if (MemberObstacle(member) is { } reason)
                obstacles.Add(new Obstacle(LocationModel.From(member) ?? LocationModel.From(type), reason));
            else if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
                methods.Add(method);
            else if (member is IPropertySymbol property)
                properties.Add(ParseProperty(property, type));
            else if (member is IEventSymbol @event)
                events.Add(new EventModel(@event.ContainingType.ForCode(), MethodParser.IsInherited(@event, type), TypeNames.Escape(@event.Name), @event.Type.ForCode()));
        }

        var model = new InterfaceModel(
            type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : null,
            type.ForCode(),
            type.ForPeople(),
            Stem(type),
            methods.Select(method => MethodParser.Parse(method, type)).ToEquatableArray(),
            properties.ToEquatableArray(),
            events.ToEquatableArray());
        return new ParsedInterface(model, methods, obstacles);
    }

    // Static members without an implementation are obstacles; other static, sealed and private members stay on the interface.
    // An explicit implementation in a derived interface overrides a member of a base, which is in the list itself. Accessors belong to
    // their property or event.
    private static bool IsImplementedByTheDecorator(ISymbol member) =>
        (member.IsAbstract || member.IsVirtual) && member.DeclaredAccessibility != Accessibility.Private
        && member is not (ITypeSymbol or IMethodSymbol { AssociatedSymbol: not null });

    private static PropertyModel ParseProperty(IPropertySymbol property, INamedTypeSymbol type) => new(
        property.ContainingType.ForCode(),
        MethodParser.IsInherited(property, type),
        TypeNames.Escape(property.Name),
        property.RefKind switch
        {
            RefKind.Ref => $"ref {property.Type.ForCode()}",
            RefKind.RefReadOnly => $"ref readonly {property.Type.ForCode()}",
            _ => property.Type.ForCode(),
        },
        property.RefKind != RefKind.None,
        property.GetMethod is { DeclaredAccessibility: not Accessibility.Private },
        property.SetMethod is { DeclaredAccessibility: not Accessibility.Private },
        MethodParser.ParseParameters(property.Parameters));

    private static IEnumerable<Obstacle> TypeObstacles(INamedTypeSymbol type)
    {
        var location = LocationModel.From(type);
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsGenericType && SymbolEqualityComparer.Default.Equals(current, type))
                yield return new Obstacle(location, "it is generic; mark the methods of a closed interface that inherits from it instead");
            else if (current.IsGenericType)
                yield return new Obstacle(location, "it is nested in a generic type; move it out");
            if (current.IsFileLocal || current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                yield return new Obstacle(location, "generated code cannot see it; make it, and the types around it, internal or public");
        }
    }

    private static string? MemberObstacle(ISymbol member) => member switch
    {
        { IsStatic: true } => $"its static member '{member.Name}' has no implementation that a decorator could pass calls to",
        _ when IsProtected(member) => $"its member '{member.Name}' is protected, and a decorator cannot call it",
        IPropertySymbol { SetMethod.IsInitOnly: true } => $"its property '{member.Name}' has an init accessor, and a decorator is not the object being initialized; use set or drop the accessor",
        IPropertySymbol property when IsProtected(property.GetMethod) || IsProtected(property.SetMethod) => $"an accessor of its property '{member.Name}' is not public, and a decorator cannot call it",
        IMethodSymbol method when method.Parameters.Any(parameter => IsPointer(parameter.Type)) || IsPointer(method.ReturnType) => $"its method '{member.Name}' uses pointers",
        IPropertySymbol property when IsPointer(property.Type) => $"its property '{member.Name}' is a pointer",
        _ => null,
    };

    private static bool IsProtected(ISymbol? member) => member?.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal;

    private static bool IsPointer(ITypeSymbol type) => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer;

    private static string Stem(INamedTypeSymbol type)
    {
        var name = type.Name.Length > 1 && type.Name[0] == 'I' && char.IsUpper(type.Name[1]) ? type.Name.Substring(1) : type.Name;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.Name}_{name}";
        return name;
    }
}
