using Microsoft.CodeAnalysis;

namespace ProDev.Caching.Tests;

/// <summary>Looks for one finding of the generator.</summary>
internal static class DiagnosticAssert
{
    public static void AssertFinding(string source, string id, string message, string? at = null, DiagnosticSeverity severity = DiagnosticSeverity.Error)
    {
        var finding = Assert.Single(GeneratorHarness.Diagnose(source));

        Assert.Equal(id, finding.Id);
        Assert.Equal(message, finding.GetMessage(null));
        Assert.Equal(severity, finding.Severity);
        Assert.Equal($"docs/diagnostics/{id}.md", finding.Descriptor.HelpLinkUri);
        if (at is not null)
            Assert.Equal(at, GeneratorHarness.TextAt(source, finding.Location));
    }
}
