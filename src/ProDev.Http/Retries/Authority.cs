using System.Globalization;
using System.Runtime.InteropServices;

namespace ProDev.Http;

/// <summary>Whom a request goes to. A key that needs no string of its own, because an address keeps its parts.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Authority(string Scheme, string Host, int Port)
{
    public static Authority Of(Uri? uri) =>
        uri is { IsAbsoluteUri: true } ? new(uri.Scheme, uri.Host, uri.Port) : new(string.Empty, string.Empty, 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");
}
