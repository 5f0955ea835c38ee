namespace ProDev.Build;

/// <summary>Which tests a run takes: all, but for those that require what the machine does not have or what the run was told to do without.</summary>
public sealed class TestScope
{
    private const string Posix = "POSIX";
    private static readonly string[] Servers = ["PostgreSQL", "Redis", "RabbitMQ"];

    private readonly Dictionary<string, string> _missing = new(StringComparer.Ordinal);

    private TestScope()
    {
    }

    /// <summary>What follows <c>dotnet test</c> to leave the tests out: a filter, or nothing if all tests run.</summary>
    public string Arguments => _missing.Count == 0
        ? string.Empty
        : "--filter " + string.Join('&', _missing.Keys.Select(requirement => $"{TestRequirement.Trait}!={requirement}"));

    /// <summary>Gives the scope of a run on this machine.</summary>
    /// <param name="withoutServices">Whether the run does without the servers.</param>
    public static TestScope ForThisMachine(bool withoutServices) => Of(withoutServices, OperatingSystem.IsWindows());

    /// <summary>Finds the tests that the run leaves out.</summary>
    /// <param name="assemblies">The <c>.dll</c> files of all test projects.</param>
    /// <exception cref="BuildFailedException">A test requires something that has another name here, so that it could never be left out.</exception>
    public IReadOnlyList<LeftOutTest> FindLeftOut(IEnumerable<string> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return LeftOut([.. assemblies.SelectMany(TestRequirement.ReadAll)]);
    }

    /// <summary>Gives the scope of a run.</summary>
    /// <param name="withoutServices">Whether the run does without the servers.</param>
    /// <param name="isWindows">Whether shells, signals and file locks are not those of POSIX.</param>
    internal static TestScope Of(bool withoutServices, bool isWindows)
    {
        var scope = new TestScope();
        foreach (string server in withoutServices ? Servers : [])
        {
            scope._missing.Add(server, "and the run was told --without-services");
        }

        if (isWindows)
        {
            scope._missing.Add(Posix, "and this is Windows");
        }

        return scope;
    }

    /// <summary>Finds those of the marked tests that the run leaves out; see <see cref="FindLeftOut"/>.</summary>
    /// <param name="marked">All marks of all test projects.</param>
    internal IReadOnlyList<LeftOutTest> LeftOut(IReadOnlyList<TestRequirement> marked)
    {
        string[] known = [.. Servers, Posix];
        if (marked.FirstOrDefault(mark => !known.Contains(mark.Requirement, StringComparer.Ordinal)) is { } unknown)
        {
            string hint = NearestName.Find(unknown.Requirement, known) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;
            throw new BuildFailedException(
                $"{unknown.Test} requires '{unknown.Requirement}', which the build does not know.{hint} Known are: {string.Join(", ", known)}.");
        }

        return
        [
            .. marked.Where(mark => _missing.ContainsKey(mark.Requirement))
                .Select(mark => new LeftOutTest(mark.Test, mark.Requirement, _missing[mark.Requirement]))
                .OrderBy(test => test.Name, StringComparer.Ordinal),
        ];
    }
}
