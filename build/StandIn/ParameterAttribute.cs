namespace Nuke.Common;

/// <summary>
/// Marks a field or property of the build that takes its value from the command line (<c>--keep-services</c>) or, failing that,
/// from an environment variable of the same name in any spelling (<c>KEEP_SERVICES</c>, <c>NUKE_KEEP_SERVICES</c>).
/// </summary>
/// <param name="description">The sentence that <c>--help</c> shows.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ParameterAttribute(string? description = null) : Attribute
{
    /// <summary>The sentence that <c>--help</c> shows.</summary>
    public string? Description { get; } = description;

    /// <summary>The parameter's name, if it is not the member's.</summary>
    public string? Name { get; set; }

    /// <summary>The one character that separates several values in one argument; values are separated by spaces in any case.</summary>
    public string? Separator { get; set; }
}
