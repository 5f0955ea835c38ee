namespace ProDev.Jobs.SourceGenerators;

/// <summary>The rule for job and queue names. The runtime checks the same one.</summary>
internal static class JobNameRule
{
    private const int MaxLength = 128;

    public static bool IsName(string name)
        => name.Length is > 0 and <= MaxLength && IsLetterOrDigit(name[0]) && name.All(c => IsLetterOrDigit(c) || c is '.' or '-' or '_');

    private static bool IsLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
