using Quickstart;

namespace ProDev.Quickstart.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Database_is_temporary_when_nothing_is_given() => Assert.Equal(new CommandLine(), CommandLine.Read([]));

    [Theory]
    [InlineData("--database", "atlas.db")]
    [InlineData("--database=atlas.db")]
    public void Database_is_kept_when_a_path_is_given(params string[] args)
    {
        Assert.Equal(new CommandLine(Database: "atlas.db"), CommandLine.Read(args));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--database", "atlas.db", "--help")]
    public void Help_is_shown_when_it_is_asked_for(params string[] args) => Assert.True(CommandLine.Read(args).Help);

    [Theory]
    [InlineData("The option '--databse' is unknown. The nearest one is '--database'.", "--databse", "x")]
    [InlineData("The option '--hlp' is unknown. The nearest one is '--help'.", "--hlp")]
    [InlineData("The option '-db=x' is unknown. The nearest one is '--help'.", "-db=x")]
    [InlineData("The option '--help=1' is unknown. The nearest one is '--help'.", "--help=1")]
    [InlineData("The option '--database' needs the path of a file. Write: --database atlas.db", "--database")]
    [InlineData("The option '--database' needs the path of a file. Write: --database atlas.db", "--database", "")]
    [InlineData("The option '--database' needs the path of a file. Write: --database atlas.db", "--database=")]
    [InlineData("The option '--database' needs the path of a file. Write: --database atlas.db", "--database", "--help")]
    [InlineData("The option '--database' is given twice. Give it once.", "--database", "a", "--database", "b")]
    [InlineData("The argument 'x.db' is not expected. To keep the database in this file, write: --database x.db", "x.db")]
    public void Error_names_the_argument_and_the_remedy_when_it_is_wrong(string error, params string[] args)
    {
        Assert.Equal(new CommandLine(Error: error), CommandLine.Read(args));
    }
}
