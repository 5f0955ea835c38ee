namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// The text of an explicit implementation and of the call it passes on. Explicit, so that members of two base interfaces
/// with the same signature, and members named as the decorator's own, never collide.
/// </summary>
internal static class MemberText
{
    /// <summary>The field that holds the decorated service.</summary>
    public const string Inner = "_inner";

    /// <summary><c>[async ]ReturnType Interface.Method&lt;T&gt;(parameters) where T : default</c>.</summary>
    public static string Signature(MethodModel method, bool isAsync = false)
    {
        var constraints = string.Concat(method.TypeParameters.Select(parameter => $" where {parameter.Name} : {parameter.RepeatedConstraint}"));
        return $"{(isAsync ? "async " : "")}{method.ReturnType} {method.DeclaringType}.{method.Name}{method.TypeArguments}({Declarations(method.Parameters)}){constraints}";
    }

    /// <summary><c>_inner.Method&lt;T&gt;(arguments)</c>.</summary>
    public static string InnerCall(MethodModel method) => Call(method, InnerFor(method.DeclaringType, method.IsInherited, method.Parameters), Arguments(method.Parameters));

    /// <summary><c>target.Method&lt;T&gt;(arguments)</c>, where the target is an expression of the decorated interface's type.</summary>
    public static string Call(MethodModel method, string target, string arguments) => $"{target}.{method.Name}{method.TypeArguments}({arguments})";

    /// <summary>The target seen as the interface that declares the member; needed where names are hidden or ambiguous.</summary>
    public static string As(string target, string declaringType, bool isInherited) => isInherited ? $"(({declaringType}){target})" : target;

    public static string InnerFor(string declaringType, bool isInherited, IEnumerable<ParameterModel> parameters) =>
        As(Field(Inner, parameters), declaringType, isInherited);

    /// <summary>A field of the decorator, with <c>this</c> where a parameter has its name.</summary>
    public static string Field(string name, IEnumerable<ParameterModel> parameters) => Field(name, parameters.Select(parameter => parameter.Name));

    public static string Field(string name, IEnumerable<string> parameterNames) => parameterNames.Contains(name) ? $"this.{name}" : name;

    public static string Declarations(IEnumerable<ParameterModel> parameters) => string.Join(", ", parameters.Select(parameter => parameter.Declaration));

    public static string Arguments(IEnumerable<ParameterModel> parameters) => string.Join(", ", parameters.Select(parameter => parameter.Argument));
}
