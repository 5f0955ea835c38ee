namespace Nuke.Common;

/// <summary>One step of a build. A property of this type on the build class declares a target of the property's name.</summary>
/// <param name="definition">The empty definition to fill in.</param>
public delegate ITargetDefinition Target(ITargetDefinition definition);
