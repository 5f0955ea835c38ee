using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// The outcome of <see cref="InterfaceParser"/>. Lives inside the parse step only, for it still holds symbols: the two lists
/// of methods run in parallel, so that a generator can read the attributes of each.
/// </summary>
internal sealed class ParsedInterface(InterfaceModel model, IReadOnlyList<IMethodSymbol> methods, IReadOnlyList<Obstacle> obstacles)
{
    public InterfaceModel Model { get; } = model;

    /// <summary>The symbols of <see cref="InterfaceModel.Methods"/>, in the same order.</summary>
    public IReadOnlyList<IMethodSymbol> Methods { get; } = methods;

    /// <summary>Empty when the interface can be decorated.</summary>
    public IReadOnlyList<Obstacle> Obstacles { get; } = obstacles;
}
