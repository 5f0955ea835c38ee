using System.Globalization;
using System.Text;

namespace ProDev.Caching.Internal;

/// <summary>
/// The name of a type as every build writes it: namespace, name, type arguments and the assembly's simple name, without versions. The assembly
/// belongs to it, for two applications may have different types of one name.
/// </summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        var text = new StringBuilder();
        Append(text, type);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type)
    {
        if (type.IsArray)
        {
            Append(text, type.GetElementType()!);
            text.Append(CultureInfo.InvariantCulture, $"[{type.GetArrayRank()}]");
            return;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        text.Append(definition.FullName ?? definition.Name).Append('@').Append(type.Assembly.GetName().Name);
        if (!type.IsGenericType)
            return;
        text.Append('<');
        foreach (var argument in type.GetGenericArguments())
        {
            Append(text, argument);
            text.Append(';');
        }

        text.Append('>');
    }
}
