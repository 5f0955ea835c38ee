namespace ProDev.Architecture.Tests;

/// <summary>Documents cannot drift: each C# block equals a region of code that is compiled.</summary>
public class SnippetTests
{
    /// <summary>Set to 1, this variable makes the test write the regions into the documents before it checks them.</summary>
    private const string UpdateVariable = "PRODEV_UPDATE_SNIPPETS";

    [Fact]
    public void EqualsACompiledRegion_ForEveryCSharpBlockOfEveryReadme()
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Snippets.Update();
        }

        var code = Snippets.InCode();
        var blocks = Snippets.InDocuments().ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
        {
            Assert.True(block.Name is not null, $"A C# block of {block.File} has no '<!-- snippet: NAME -->' line before it:\n{block.Text}");
            Assert.True(code.ContainsKey(block.Name), $"{block.File} shows the snippet '{block.Name}', but no '#region snippet: {block.Name}' exists under tests or samples.");
            Assert.True(
                code[block.Name] == block.Text,
                $"{block.File} and the region '{block.Name}' differ. Run this test with {UpdateVariable}=1 to take the code over.\nCode:\n{code[block.Name]}\nDocument:\n{block.Text}");
        });
    }

    [Fact]
    public void IsShownSomewhere_ForEverySnippetRegion()
    {
        var shown = Snippets.InDocuments().Select(block => block.Name).ToHashSet(StringComparer.Ordinal);

        Assert.All(Snippets.InCode().Keys, name => Assert.Contains(name, shown));
    }
}
