using System.Xml.Linq;

namespace ProDev.Architecture.Tests;

/// <summary>
/// Arrows point inwards: provider -> core -> Microsoft.Extensions.*.Abstractions. Never back, never provider to provider,
/// never one pattern to another.
/// </summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["ProDev.Caching"] =
        [
            "Microsoft.Extensions.Caching.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Primitives",
        ],
        ["ProDev.Caching.Redis"] =
        [
            "ProDev.Caching", "StackExchange.Redis", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["ProDev.Retry"] =
        [
            "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Primitives",
        ],
        ["ProDev.Http"] =
        [
            "ProDev.Retry", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Http", "Microsoft.Extensions.Options",
        ],
        ["ProDev.Jobs"] =
        [
            "Cronos", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks",
            "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["ProDev.Jobs.Testing"] =
        [
            "ProDev.Jobs", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Options",
        ],
        ["ProDev.Jobs.Sqlite"] =
        [
            "ProDev.Jobs", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["ProDev.Jobs.PostgreSql"] =
        [
            "ProDev.Jobs", "Npgsql", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["ProDev.Jobs.EntityFrameworkCore"] =
        [
            "ProDev.Jobs", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions",
            "Microsoft.EntityFrameworkCore.Relational", "Microsoft.Extensions.DependencyInjection.Abstractions",
        ],
        ["ProDev.Repositories"] = [],
        ["ProDev.Repositories.EntityFrameworkCore"] =
        [
            "ProDev.Repositories", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions",
            "Microsoft.EntityFrameworkCore.Relational", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Options",
        ],
    };

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void ReferencesOnlyWhatItsPlaceAllows_ForEveryPackage(string package)
    {
        Assert.True(Allowed.TryGetValue(package, out var allowed), $"'{package}' has no row in {nameof(ArrowTests)}: say what it may reference.");

        var beyond = House.Assembly(package).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !IsFramework(name))
            .Except(allowed, StringComparer.Ordinal);

        Assert.Empty(beyond);
    }

    [Theory]
    [MemberData(nameof(House.GeneratorNames), MemberType = typeof(House))]
    public void ReferencesNoPackageOfOurs_ForEveryGenerator(string generator)
    {
        var project = XDocument.Load(House.PathOf("src", generator, generator + ".csproj"));

        Assert.Empty(project.Descendants("ProjectReference"));
    }

    [Theory]
    [MemberData(nameof(House.PackageNames), MemberType = typeof(House))]
    public void ShowsItsInternalsOnlyToTestsAndItsTestingPackage_ForEveryPackage(string package)
    {
        var friends = House.Assembly(package)
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType.Name == "InternalsVisibleToAttribute")
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value!);

        Assert.All(
            friends.Where(friend => friend != package + ".Testing"),
            friend => Assert.EndsWith("Tests", friend, StringComparison.Ordinal));
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib";
}
