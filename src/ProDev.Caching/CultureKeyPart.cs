using System.Globalization;

namespace ProDev.Caching;

/// <summary>Keeps results of different cultures apart, by the names of <see cref="CultureInfo.CurrentCulture"/>. <c>AddProDevCaching</c> registers it.</summary>
public sealed class CultureKeyPart : ICacheKeyPart
{
    /// <inheritdoc/>
    public string Current => CultureInfo.CurrentCulture.Name;
}
