namespace Quickstart;

/// <summary>A file cannot be the database; the message names it and the remedy.</summary>
internal sealed class AtlasFileException(string path, string reason, Exception? inner = null)
    : Exception($"The database '{path}' cannot be used: {reason}", inner)
{
    public const string ChooseAnother = "Give the path of a new file, or of a database of an earlier run, with --database.";
}
