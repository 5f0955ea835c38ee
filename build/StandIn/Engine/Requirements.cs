using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;

namespace ProDev.Build.StandIn;

/// <summary>Checks what the planned targets require before the first of them runs, and reports all that is missing together.</summary>
internal static class Requirements
{
    public static void Check(IEnumerable<ExecutableTarget> targets)
    {
        string[] faults = [.. targets.SelectMany(target => target.Requirements.Select(requirement => Fault(target, requirement))).OfType<string>()];
        if (faults.Length > 0)
        {
            throw new BuildException(string.Join(Environment.NewLine, faults));
        }
    }

    private static string? Fault(ExecutableTarget target, LambdaExpression requirement)
    {
        object? value = requirement.Compile().DynamicInvoke();
        if (requirement.ReturnType == typeof(bool))
        {
            return value is true ? null : $"Target '{target.Name}' requires '{requirement.Body}'.";
        }

        bool missing = value is null || (value is string text && string.IsNullOrWhiteSpace(text));
        return missing ? $"Target '{target.Name}' requires a value for {Name(requirement)}." : null;
    }

    private static string Name(LambdaExpression requirement)
    {
        MemberInfo? member = (requirement.Body as MemberExpression)?.Member;
        return member?.GetCustomAttribute<ParameterAttribute>() is not null
            ? ParameterMember.Of(member) is { IsSecret: true } secret ? $"the secret '{secret.Name}'" : $"'{ParameterMember.Of(member).Option}'"
            : $"'{requirement.Body}'";
    }
}
