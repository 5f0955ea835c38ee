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
        var answers = Answers(output).ToList();
        Assert.Equal(2, answers.Count);
        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("The file was read 1 time(s).", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requires", "Redis")]
    public async Task A_second_process_finds_in_Redis_what_the_first_has_read()
    {
        var redis = Environment.GetEnvironmentVariable("PRODEV_TEST_REDIS")
            ?? throw new InvalidOperationException("PRODEV_TEST_REDIS is not set. Run './build.sh Test', or: build/services.sh up && eval \"$(build/services.sh env)\".");

        // A country that no other test asks for; an earlier run may have left its answer there.
        var (firstExit, first) = await program.RunAsync("IS", redis);
        var (secondExit, second) = await program.RunAsync("IS", redis);

        Assert.True((firstExit, secondExit) == (0, 0), first + second);
        Assert.Contains("The file was read 0 time(s).", second, StringComparison.Ordinal);
        Assert.Equal(Answers(first), Answers(second));
    }

    private static IEnumerable<string> Answers(string output) =>
        output.Split('\n').Where(line => line.Contains(" cities, ", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf('(')]);
}
