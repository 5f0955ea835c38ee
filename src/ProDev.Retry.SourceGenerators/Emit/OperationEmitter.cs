namespace ProDev.Retry.SourceGenerators;

/// <summary>
/// Writes a retried method and the struct that holds its arguments for one attempt after the other. A struct instead of a
/// lambda: the policy is specialised for it, and nothing is allocated when the first attempt succeeds.
/// </summary>
internal static class OperationEmitter
{
    public static void WriteMethod(SourceWriter writer, MethodModel method, OperationNames names)
    {
        var operation = $"{names.OperationType}{method.TypeArguments}";
        var policy = Qualified(names.PolicyField, method);
        var inner = Qualified(MemberText.Inner, method);
        var execute = method.IsAwaitable ? "ExecuteAsync" : "Execute";
        var typeArguments = method.ResultType is null ? "" : $"<{operation}, {method.ResultType}>";
        var token = method.CancellationToken is { } parameter ? $", {parameter.Name}" : "";
        var asTask = method.ReturnKind is ReturnKind.Task or ReturnKind.TaskOfT ? ".AsTask()" : "";
        var held = string.Concat(Held(method).Select(argument => $", {argument.Name}"));
        writer
            .Line()
            .Line($"{MemberText.Signature(method)} =>")
            .Indented($"{policy}.{execute}{typeArguments}(new {operation}({inner}{held}){token}){asTask};");
    }

    public static void WriteOperation(SourceWriter writer, InterfaceModel model, MethodModel method, OperationNames names)
    {
        var target = Unused("inner", method);
        var token = Unused("cancellationToken", method);
        var held = string.Concat(Held(method).Select(parameter => $", {parameter.Type} {parameter.Name}"));
        var constraints = string.Concat(method.TypeParameters
            .Where(parameter => parameter.Constraints.Length > 0)
            .Select(parameter => $" where {parameter.Name} : {parameter.Constraints}"));
        writer
            .Line()
            .Line($"/// <summary>One attempt of {method.Name}.</summary>")
            .Block(
                $"private readonly struct {names.OperationType}{method.TypeArguments}({model.FullName} {target}{held}) : {Contract(method)}{constraints}",
                () => writer.Line($"public {Result(method)}(global::System.Threading.CancellationToken {token}) => {Invocation(method, target, token)};"));
    }

    private static string Contract(MethodModel method) =>
        $"global::ProDev.Retry.{(method.IsAwaitable ? "IRetryOperation" : "ISyncRetryOperation")}{(method.ResultType is null ? "" : $"<{method.ResultType}>")}" +
        (method.ReturnKind == ReturnKind.TaskOfT ? ", global::ProDev.Retry.IReturnsTask" : "");

    private static string Result(MethodModel method) => (method.IsAwaitable, method.ResultType) switch
    {
        (true, null) => "global::System.Threading.Tasks.ValueTask InvokeAsync",
        (true, { } result) => $"global::System.Threading.Tasks.ValueTask<{result}> InvokeAsync",
        (false, null) => "void Invoke",
        (false, { } result) => $"{result} Invoke",
    };

    private static string Invocation(MethodModel method, string target, string token)
    {
        var arguments = string.Join(", ", method.Parameters.Select(parameter => parameter == method.CancellationToken ? token : parameter.Name));
        var call = MemberText.Call(method, MemberText.As(target, method.DeclaringType, method.IsInherited), arguments);
        return method.ReturnKind is ReturnKind.Task or ReturnKind.TaskOfT ? $"new({call})" : call;
    }

    /// <summary>Everything but the caller's token, which the policy hands to each attempt.</summary>
    private static IEnumerable<ParameterModel> Held(MethodModel method) => method.Parameters.Where(parameter => parameter != method.CancellationToken);

    private static string Qualified(string field, MethodModel method) =>
        method.Parameters.Any(parameter => parameter.Name == field) ? $"this.{field}" : field;

    private static string Unused(string name, MethodModel method)
    {
        while (method.Parameters.Any(parameter => parameter.Name == name && parameter != method.CancellationToken))
            name += "_";
        return name;
    }
}
