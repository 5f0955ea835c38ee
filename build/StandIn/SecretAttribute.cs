namespace Nuke.Common;

/// <summary>Marks a parameter whose value must not be printed. It is masked in all that the build and its processes print.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
