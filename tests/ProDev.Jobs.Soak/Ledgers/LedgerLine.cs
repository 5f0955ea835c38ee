using System.Globalization;

namespace ProDev.Jobs.Soak;

/// <summary>One line of the ledger.</summary>
/// <param name="Event">What has happened.</param>
/// <param name="Key">The producer's name for the job, without blanks; "-" where it is not known.</param>
/// <param name="Id">The job; empty before it is confirmed.</param>
/// <param name="Attempt">The number of the attempt; 0 where there is none.</param>
/// <param name="Token">The fencing token of the attempt; 0 where there is none.</param>
public sealed record LedgerLine(LedgerEvent Event, string Key, Guid Id = default, int Attempt = 0, long Token = 0)
{
    public const string NoKey = "-";

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Event} {Key} {Id} {Attempt} {Token}");

    /// <summary>Reads a line; <see langword="null"/> for one that a killed process has left unfinished.</summary>
    public static LedgerLine? Parse(string text)
    {
        string[] parts = text.Split(' ');
        return parts.Length == 5 && Enum.TryParse(parts[0], out LedgerEvent what) && Guid.TryParse(parts[2], out Guid id)
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out int attempt)
            && long.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out long token)
            ? new LedgerLine(what, parts[1], id, attempt, token)
            : null;
    }
}
