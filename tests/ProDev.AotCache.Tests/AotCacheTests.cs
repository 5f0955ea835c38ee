namespace ProDev.AotCache.Tests;

public sealed class AotCacheTests(AotCacheProgram program) : IClassFixture<AotCacheProgram>
{
    // Warnings are errors, so publishing would have failed; this says it again where somebody looks for it.
    [Fact]
    public async Task The_sample_is_published_as_native_code_without_a_warning()
    {
        var output = await program.PublishAsync();

        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_second_question_is_answered_by_the_generated_decorator()
    {
        var (exitCode, output) = await program.RunAsync("NO");

        Assert.True(exitCode == 0, output);
        var answers = output.Split('\n').Where(line => line.StartsWith("NO: ", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf('(')]).ToList();
        Assert.Equal(2, answers.Count);
        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("The file was read 1 time(s).", output, StringComparison.Ordinal);
    }
}
