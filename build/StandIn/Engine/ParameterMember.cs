using System.Reflection;
using System.Text;
using Nuke.Common;

namespace ProDev.Build.StandIn;

/// <summary>A field or property that is a parameter.</summary>
internal sealed record ParameterMember(MemberInfo Member, string Name, string? Description, char? Separator, bool IsSecret)
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.FlattenHierarchy;

    /// <summary>The name on the command line, as in <c>--keep-services</c>.</summary>
    public string Option { get; } = "--" + Kebab(Name);

    public Type Type => (Member as FieldInfo)?.FieldType ?? ((PropertyInfo)Member).PropertyType;

    public bool IsWritable => Member is FieldInfo or PropertyInfo { CanWrite: true };

    public static IReadOnlyList<ParameterMember> OfBuild(Type build) =>
    [
        .. build.GetMembers(Any)
            .Where(member => member.IsDefined(typeof(ParameterAttribute), inherit: true))
            .Select(Of)
            .OrderBy(member => member.Member.DeclaringType == typeof(NukeBuild)),
    ];

    public static ParameterMember Of(MemberInfo member)
    {
        ParameterAttribute attribute = member.GetCustomAttribute<ParameterAttribute>()!;
        return new(
            member,
            attribute.Name ?? member.Name,
            attribute.Description,
            attribute.Separator?[0],
            member.IsDefined(typeof(SecretAttribute), inherit: true));
    }

    public void Set(object build, object? value)
    {
        if (Member is FieldInfo field)
        {
            field.SetValue(build, value);
        }
        else
        {
            ((PropertyInfo)Member).SetValue(build, value);
        }
    }

    private static string Kebab(string name)
    {
        var result = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            result.Append(startsWord ? "-" : string.Empty).Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
