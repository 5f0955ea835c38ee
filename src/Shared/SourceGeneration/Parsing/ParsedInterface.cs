using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// The outcome of <see cref="InterfaceParser"/>. Lives inside the parse step only, for it still holds symbols: the two lists
/// of methods run in parallel, so that a generator can read the attributes of each.
/// </summary>
internal sealed class ParsedInterface(
    INamedTypeSymbol type, IAssemblySymbol home, InterfaceModel model, IReadOnlyList<IMethodSymbol> methods, IReadOnlyList<Obstacle> obstacles, bool isOpen)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The assembly that gets the generated code.</summary>
    public IAssemblySymbol Home { get; } = home;

    public LocationModel? Location => LocationModel.From(Type);

    public InterfaceModel Model { get; } = model;

    /// <summary>The symbols of <see cref="InterfaceModel.Methods"/>, in the same order.</summary>
    public IReadOnlyList<IMethodSymbol> Methods { get; } = methods;

    /// <summary>Whether it is generic and not closed: its members are known, but it is no service.</summary>
    public bool IsOpen { get; } = isOpen;

    /// <summary>Empty when the interface can be decorated.</summary>
    public IReadOnlyList<Obstacle> Obstacles { get; } = obstacles;
}
