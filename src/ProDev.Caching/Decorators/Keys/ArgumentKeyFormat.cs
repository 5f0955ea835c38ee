using System.Text;

namespace ProDev.Caching.Internal;

/// <summary>The text of the keys of a cached method. The region names the method, the registration and the shape of the result.</summary>
internal sealed class ArgumentKeyFormat<TKey> : KeyFormat<TKey>
    where TKey : notnull
{
    private readonly CacheKeyFormat<TKey> _format;

    public ArgumentKeyFormat(CacheKeyFormat<TKey> format, string registration)
    {
        _format = format;
        var region = new StringBuilder();
        KeyEscape.Append(region, format.Method, [Separator]);
        if (format.TypeArguments.Count > 0)
            KeyEscape.Append(region, $"<{string.Join(',', format.TypeArguments.Select(StableName))}>", [Separator]);
        KeyEscape.Append(region, registration, [Separator]);
        Region = region.Append('~').Append(format.Schema).ToString();
    }

    public override string Region { get; }

    public override string WriteKey(TKey key)
    {
        var writer = new CacheKeyWriter();
        _format.Write(writer, key);
        return writer.ToString();
    }

    // Every reader accepts more than its writer writes, as numbers with leading zeros. Writing the key again tells.
    public override bool TryReadKey(ReadOnlySpan<char> text, out TKey key)
    {
        var written = text.ToString();
        try
        {
            key = _format.Read(new CacheKeyReader(written));
            return WriteKey(key) == written;
        }
        catch (Exception)
        {
            // The constructor of a record may refuse what a foreign text makes of its arguments.
            key = default!;
            return false;
        }
    }

    // Type.FullName has the versions of the assemblies of type arguments in it.
    private static string StableName(Type type)
    {
        if (type.IsArray)
            return $"{StableName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsConstructedGenericType)
            return type.FullName ?? type.Name;
        return $"{type.GetGenericTypeDefinition().FullName}<{string.Join(',', type.GenericTypeArguments.Select(StableName))}>";
    }
}
