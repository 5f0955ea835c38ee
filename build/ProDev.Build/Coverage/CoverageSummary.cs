using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ProDev.Build;

/// <summary>Merges the coverage files (Cobertura) of all test projects: a line is covered if any of them ran it.</summary>
public sealed partial class CoverageSummary
{
    private readonly Dictionary<(string Package, string File, int Line), LineCoverage> _lines = [];

    /// <summary>The packages by name.</summary>
    public IReadOnlyList<PackageCoverage> Packages =>
    [
        .. _lines.GroupBy(pair => pair.Key.Package, pair => pair.Value)
            .Select(group => new PackageCoverage(
                group.Key,
                group.Count(line => line.Hit),
                group.Count(),
                group.Sum(line => line.CoveredBranches),
                group.Sum(line => line.Branches)))
            .OrderBy(package => package.Package, StringComparer.Ordinal),
    ];

    /// <summary>Reads all coverage files of a folder.</summary>
    /// <param name="folder">The folder, searched with all below it.</param>
    public static CoverageSummary Read(string folder)
    {
        var summary = new CoverageSummary();
        foreach (string path in Directory.EnumerateFiles(folder, "coverage.cobertura.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            summary.Add(path);
        }

        return summary;
    }

    /// <summary>Adds one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BuildFailedException">The file is no XML.</exception>
    public void Add(string path)
    {
        foreach (XElement package in Load(path).Descendants("package"))
        {
            string name = (string?)package.Attribute("name") ?? string.Empty;
            foreach (XElement type in package.Descendants("class"))
            {
                string file = (string?)type.Attribute("filename") ?? string.Empty;
                foreach (XElement line in type.Elements("lines").Elements("line"))
                {
                    Add(name, Path.GetFileName(file) + "|" + (string?)type.Attribute("name"), line);
                }
            }
        }
    }

    /// <summary>A table with a row for each package.</summary>
    public string ToText()
    {
        IReadOnlyList<PackageCoverage> packages = Packages;
        int width = packages.Select(package => package.Package.Length).Append("Package".Length).Max();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"Package".PadRight(width)}   Lines  Branches");
        foreach (PackageCoverage package in packages)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{package.Package.PadRight(width)}  {package.LinePercent,5:0.0}%    {package.BranchPercent,5:0.0}%");
        }

        return text.ToString();
    }

    private static XElement Load(string path)
    {
        try
        {
            return XDocument.Load(path).Root!;
        }
        catch (XmlException exception)
        {
            throw new BuildFailedException($"The coverage file '{path}' cannot be read: {exception.Message} Run the tests again.");
        }
    }

    private void Add(string package, string file, XElement line)
    {
        Match branches = Branches().Match((string?)line.Attribute("condition-coverage") ?? string.Empty);
        var found = new LineCoverage(
            ((long?)line.Attribute("hits") ?? 0) > 0,
            branches.Success ? int.Parse(branches.Groups["covered"].ValueSpan, CultureInfo.InvariantCulture) : 0,
            branches.Success ? int.Parse(branches.Groups["all"].ValueSpan, CultureInfo.InvariantCulture) : 0);
        var key = (package, file, (int)line.Attribute("number")!);
        _lines[key] = _lines.TryGetValue(key, out LineCoverage known) ? known.With(found) : found;
    }

    [GeneratedRegex(@"\((?<covered>\d+)/(?<all>\d+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Branches();

    private readonly record struct LineCoverage(bool Hit, int CoveredBranches, int Branches)
    {
        public LineCoverage With(LineCoverage other) => new(
            Hit || other.Hit, Math.Max(CoveredBranches, other.CoveredBranches), Math.Max(Branches, other.Branches));
    }
}
