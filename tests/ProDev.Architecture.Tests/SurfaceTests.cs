namespace ProDev.Architecture.Tests;

/// <summary>What a user sees: namespaces, sealed types, and nothing that was meant to stay inside.</summary>
public class SurfaceTests
{
    private const string RegistrationNamespace = "Microsoft.Extensions.DependencyInjection";

    /// <summary>Public classes that users derive from, each by design.</summary>
    private static readonly HashSet<string> DesignedAsBase = new(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void LivesInTheNamespaceOfItsAssembly_ForEveryPublicType(string package)
    {
        var strangers = PublicTypes(package)
            .Where(type => type.Namespace != package)
            .Where(type => !(type.Namespace == RegistrationNamespace && type.Name.EndsWith("Extensions", StringComparison.Ordinal)))
            .Where(type => !(type.Namespace == package + ".Generated" && IsForGeneratedCode(type)));

        Assert.Empty(strangers);
    }

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void IsSealedAbstractOrStatic_ForEveryPublicClass(string package)
    {
        var open = PublicTypes(package)
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
            .Where(type => !DesignedAsBase.Contains(type.FullName!));

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void IsSealed_ForEveryInternalClassNobodyDerivesFrom(string package)
    {
        var types = House.Assembly(package).GetTypes();
        var bases = types.Select(type => Definition(type.BaseType)).ToHashSet();
        var open = types
            .Where(type => type.IsClass && !type.IsVisible && !type.IsSealed && !type.IsAbstract)
            .Where(type => !IsCompilerGenerated(type) && !bases.Contains(Definition(type)));

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void IsNotCalledInternalOrHelper_ForEveryPublicType(string package)
    {
        string[] unwanted = ["Internal", "Helper", "Manager", "Util"];
        var misnamed = PublicTypes(package)
            .Where(type => unwanted.Any(word => type.FullName!.Contains(word, StringComparison.Ordinal)));

        Assert.Empty(misnamed);
    }

    private static IEnumerable<Type> PublicTypes(string package) =>
        House.Assembly(package).GetExportedTypes().Where(type => !type.IsNested);

    private static bool IsForGeneratedCode(Type type) =>
        type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "EditorBrowsableAttribute");

    private static bool IsCompilerGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || type.FullName!.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");

    private static Type? Definition(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;
}
