using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ProDev.Build;

/// <summary>Reads the result file (<c>.trx</c>) that <c>dotnet test</c> writes for one project.</summary>
public static class TrxFile
{
    private static readonly XNamespace Ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BuildFailedException">The file is cut off or of another format.</exception>
    public static TestProjectResult Read(string path)
    {
        XElement root = Load(path);
        XElement[] results = [.. root.Descendants(Ns + "UnitTestResult")];
        return new TestProjectResult(
            Project(root, path),
            results.Count(result => Outcome(result) == "Passed"),
            [.. results.Where(result => Outcome(result) is not ("Passed" or "NotExecuted")).Select(Failed)],
            [.. results.Where(result => Outcome(result) == "NotExecuted").Select(Name)],
            AbortReason(root, results),
            Duration(root));
    }

    private static XElement Load(string path)
    {
        try
        {
            XElement root = XDocument.Load(path).Root!;
            return root.Name == Ns + "TestRun" ? root : throw Unreadable(path, $"its root is '{root.Name.LocalName}'");
        }
        catch (XmlException exception)
        {
            throw Unreadable(path, exception.Message);
        }
    }

    private static BuildFailedException Unreadable(string path, string reason) =>
        new($"The test results '{path}' cannot be read: {reason}. The test run may have been killed; run the tests again.");

    /// <summary>The assembly of the tests; without a test, the file's own name, which the build makes the project's.</summary>
    private static string Project(XElement root, string path) =>
        Path.GetFileNameWithoutExtension(
            root.Descendants(Ns + "TestMethod").Select(method => (string?)method.Attribute("codeBase")).FirstOrDefault() ?? path);

    private static string Outcome(XElement result) => (string?)result.Attribute("outcome") ?? string.Empty;

    private static string Name(XElement result) => (string?)result.Attribute("testName") ?? "(a test without a name)";

    private static FailedTest Failed(XElement result)
    {
        string message = result.Descendants(Ns + "Message").FirstOrDefault()?.Value ?? Outcome(result);
        return new FailedTest(Name(result), FirstLine(message));
    }

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].TrimEnd('\r');

    /// <summary>A crash of the test host leaves no failed test: the run's own outcome and its messages tell.</summary>
    private static string? AbortReason(XElement root, XElement[] results)
    {
        XElement? summary = root.Element(Ns + "ResultSummary");
        bool failedByATest = results.Any(result => Outcome(result) == "Failed");
        if ((string?)summary?.Attribute("outcome") is "Completed" or "Passed" or null || failedByATest)
        {
            return null;
        }

        string? text = summary.Descendants(Ns + "RunInfo")
            .Where(info => (string?)info.Attribute("outcome") is not "Warning")
            .Select(info => info.Element(Ns + "Text")?.Value)
            .FirstOrDefault();
        return text is not null ? FirstLine(text) : $"The run ended with the outcome '{(string?)summary.Attribute("outcome")}'.";
    }

    private static TimeSpan Duration(XElement root)
    {
        XElement? times = root.Element(Ns + "Times");
        return Time(times, "finish") is { } finish && Time(times, "start") is { } start ? finish - start : TimeSpan.Zero;
    }

    private static DateTimeOffset? Time(XElement? times, string name) =>
        DateTimeOffset.TryParse((string?)times?.Attribute(name), CultureInfo.InvariantCulture, out DateTimeOffset time) ? time : null;
}
