using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>Turns an interface and the members it inherits into a model, and names what stands in the way of decorating it.</summary>
internal static class InterfaceParser
{
    /// <param name="type">The interface.</param>
    /// <param name="home">The assembly that gets the generated code.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ParsedInterface Parse(INamedTypeSymbol type, IAssemblySymbol home, CancellationToken cancellationToken)
    {
        var obstacles = TypeObstacles(type, home).ToList();
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

        var isObsolete = type.IsObsolete() || type.AllInterfaces.Insert(0, type).SelectMany(declaring => declaring.GetMembers()).Any(TypeNames.IsObsolete);
        var model = new InterfaceModel(
            type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : null,
            type.ForCode(),
            type.ForPeople(),
            Stem(type),
            isObsolete,
            IsPublic(type),
            IsOpen(type) ? type.TypeParameters.Select(MethodParser.ParseTypeParameter).ToEquatableArray() : EquatableArray<TypeParameterModel>.Empty,
            methods.Select(method => MethodParser.Parse(method, type)).ToEquatableArray(),
            properties.ToEquatableArray(),
            events.ToEquatableArray());
        return new ParsedInterface(type, home, model, methods, obstacles, IsOpen(type));
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

    private static IEnumerable<Obstacle> TypeObstacles(INamedTypeSymbol type, IAssemblySymbol home)
    {
        var location = LocationModel.From(type);
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (!SymbolEqualityComparer.Default.Equals(current, type) && current.TypeArguments.Any(IsOpen))
                yield return new Obstacle(location, "it is nested in a generic type; move it out");
        }

        if (!type.CanBeSeenIn(home))
            yield return new Obstacle(location, "generated code cannot see it; make it, and the types around it, internal or public");
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

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen),
        _ => false,
    };

    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
                return false;
        }

        return type.TypeArguments.OfType<INamedTypeSymbol>().All(IsPublic);
    }

    /// <summary>
    /// What decorators are named after. ICatalog is Catalog, unless there is an interface of that name beside it. A closed generic is named
    /// after what closes it.
    /// </summary>
    public static string Stem(INamedTypeSymbol type)
    {
        var name = type.Name;
        if (name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) && !IsTaken(type, name.Substring(1)))
            name = name.Substring(1);
        if (!IsOpen(type) && type.TypeArguments.Length > 0)
            name = $"{name}Of{string.Join("And", type.TypeArguments.Select(argument => NameOf(argument, type.ContainingNamespace)))}";
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.Name}_{name}";
        return name;
    }

    private static bool IsTaken(INamedTypeSymbol type, string name) =>
        ((INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace)
            .GetTypeMembers(name, type.Arity)
            .Any(other => other.TypeKind == TypeKind.Interface);

    // The namespace is left out where everybody has it in mind; names of others must not meet.
    private static string NameOf(ITypeSymbol type, INamespaceSymbol home)
    {
        var name = type switch
        {
            IArrayTypeSymbol array => $"{NameOf(array.ElementType, home)}Array",
            INamedTypeSymbol { IsTupleType: true } tuple => $"TupleOf{string.Join("And", tuple.TupleElements.Select(element => NameOf(element.Type, home)))}",
            INamedTypeSymbol { IsGenericType: true } generic => $"{generic.Name}Of{string.Join("And", generic.TypeArguments.Select(argument => NameOf(argument, home)))}",
            _ => type.Name,
        };
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.Name}_{name}";
        return type.ContainingNamespace is not { IsGlobalNamespace: false } space || SymbolEqualityComparer.Default.Equals(space, home) || space.ToDisplayString() == "System"
            ? name
            : $"{space.ToDisplayString().Replace('.', '_').Replace("@", "")}_{name}";
    }
}
