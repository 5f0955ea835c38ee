namespace ProDev.Shared.DependencyInjection;

/// <summary>What a package calls its decorators, for its error messages and to recognise a service that already has one.</summary>
/// <param name="Method">The registration method, as <c>DecorateWithCache</c>.</param>
/// <param name="Attribute">The attribute that makes the generator write a decorator, as <c>[Cached]</c>.</param>
/// <param name="Package">The package with the generator.</param>
internal sealed record DecoratorKind(string Method, string Attribute, string Package);
