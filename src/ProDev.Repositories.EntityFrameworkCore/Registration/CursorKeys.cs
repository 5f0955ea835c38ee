namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Reads cursor keys as they stand in configuration.</summary>
internal static class CursorKeys
{
    public static byte[]? TryParse(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return Convert.TryFromBase64String(base64 ?? string.Empty, bytes, out var written) ? bytes[..written] : null;
    }

    public static CursorSigner ToSigner(RepositoryOptions options) =>
        options.CursorKeys.Count == 0
            ? CursorSigner.CreateEphemeral()
            : new CursorSigner(options.CursorKeys.Select(Convert.FromBase64String));
}
