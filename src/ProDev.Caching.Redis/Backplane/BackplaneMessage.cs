using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProDev.Caching.Redis;

/// <summary>
/// One message as text that a person can read off the channel: <c>1 NODE NUMBER KIND SUBJECT</c>, where 1 is the version of this format and the
/// subject, which is last, may contain spaces.
/// </summary>
internal readonly record struct BackplaneMessage(Guid Node, long Number, BackplaneMessageKind Kind, string Subject)
{
    private const int Parts = 5;
    private const string Version = "1";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} {Node:n} {Number} {(char)Kind} {Subject}");

    public static bool TryParse(string? text, [MaybeNullWhen(false)] out BackplaneMessage message)
    {
        message = default;
        if (text?.Split(' ', Parts) is not [Version, var node, var number, [var kind], var subject])
            return false;
        if (!Guid.TryParseExact(node, "n", out var sender) || !Enum.IsDefined((BackplaneMessageKind)kind))
            return false;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        message = new(sender, count, (BackplaneMessageKind)kind, subject);
        return true;
    }

    public static BackplaneMessageKind KindOf(CacheNoticeKind kind) => kind switch
    {
        CacheNoticeKind.KeyRemoved => BackplaneMessageKind.KeyRemoved,
        CacheNoticeKind.KeyExpired => BackplaneMessageKind.KeyExpired,
        CacheNoticeKind.TagInvalidated => BackplaneMessageKind.TagInvalidated,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of notice is not known."),
    };

    /// <summary>The notice it carries; null for a heartbeat.</summary>
    public CacheNotice? ToNotice() => Kind switch
    {
        BackplaneMessageKind.KeyRemoved => new(CacheNoticeKind.KeyRemoved, Subject),
        BackplaneMessageKind.KeyExpired => new(CacheNoticeKind.KeyExpired, Subject),
        BackplaneMessageKind.TagInvalidated => new(CacheNoticeKind.TagInvalidated, Subject),
        _ => null,
    };
}
