using System.Globalization;

namespace ProDev.Caching;

/// <summary>Keeps results of different languages apart, by the names of <see cref="CultureInfo.CurrentUICulture"/>. <c>AddProDevCaching</c> registers it.</summary>
public sealed class UICultureKeyPart : ICacheKeyPart
{
    /// <inheritdoc/>
    public string Current => CultureInfo.CurrentUICulture.Name;
}
