using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ProDev.Build;

/// <summary>A mark <c>[Trait("Requires", "...")]</c> on a test or on a class of tests: what it needs beyond .NET.</summary>
/// <param name="Test">The full name of the test or the class.</param>
/// <param name="Requirement">What it needs.</param>
public sealed record TestRequirement(string Test, string Requirement)
{
    /// <summary>The name of the trait.</summary>
    public const string Trait = "Requires";

    /// <summary>Reads the marks of a built test project, without loading it.</summary>
    /// <param name="assembly">The <c>.dll</c> of the project.</param>
    /// <exception cref="BuildFailedException">There is no such file, or it is no assembly.</exception>
    public static IReadOnlyList<TestRequirement> ReadAll(string assembly)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(assembly));
            MetadataReader metadata = file.GetMetadataReader();
            return [.. metadata.TypeDefinitions.SelectMany(handle => OfType(metadata, metadata.GetTypeDefinition(handle)))];
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            throw new BuildFailedException($"The tests in '{assembly}' cannot be read: {exception.Message} Run the target Compile first.");
        }
    }

    private static IEnumerable<TestRequirement> OfType(MetadataReader metadata, TypeDefinition type)
    {
        string name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        return
        [
            .. Marks(metadata, type.GetCustomAttributes()).Select(requirement => new TestRequirement(name, requirement)),
            .. type.GetMethods().Select(metadata.GetMethodDefinition).SelectMany(
                method => Marks(metadata, method.GetCustomAttributes()).Select(
                    requirement => new TestRequirement($"{name}.{metadata.GetString(method.Name)}", requirement))),
        ];
    }

    private static IEnumerable<string> Marks(MetadataReader metadata, CustomAttributeHandleCollection attributes) =>
        from attribute in attributes.Select(metadata.GetCustomAttribute)
        where IsTrait(metadata, attribute)
        let pair = Pair(metadata, attribute)
        where pair.Name == Trait
        select pair.Value;

    private static bool IsTrait(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Namespace, "Xunit")
        && metadata.StringComparer.Equals(type.Name, "TraitAttribute");

    // Two bytes open each value of an attribute; the arguments of the constructor follow.
    private static (string? Name, string Value) Pair(MetadataReader metadata, CustomAttribute attribute)
    {
        BlobReader value = metadata.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return (value.ReadSerializedString(), value.ReadSerializedString() ?? string.Empty);
    }
}
