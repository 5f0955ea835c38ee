using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Writes a cached method: a lookup that allocates nothing on a hit, then the shared load. The lambda is static and gets
/// what it needs as state, so that a hit makes no closure either.
/// </summary>
internal static class CachedMethodEmitter
{
    public static void Write(SourceWriter writer, CachedMethodModel cached, string service)
    {
        var method = cached.Method;
        var stores = MemberText.Field("_stores", method.Parameters);
        var store = method.IsGeneric ? Free("store", method) : cached.Store(stores);
        var key = Free("key", method);
        var result = Free("cached", method);
        writer.Line().Block(MemberText.Signature(method), () => writer
            .Line($"{(method.IsGeneric ? $"var {store} = {cached.Store(stores)};\n" : "")}var {key} = {cached.KeyExpression(MemberText.Field("_parts", method.Parameters))};")
            .Line($"if ({store}.{(method.ReturnKind == ReturnKind.TaskOfT ? "TryGetTask" : "TryGet")}({key}, out var {result}))")
            .Indented($"return {(method.ReturnKind == ReturnKind.ValueTaskOfT ? $"new {method.ReturnType}({result})" : result)};")
            .Line($"return {store}.{LoadMethod(method.ReturnKind)}(")
            .Indented($"""
                {key},
                {State(cached, key)},
                static (state, {(method.CancellationToken is null ? "_" : "token")}) => {InnerCall(cached)},{Rescope(cached, service)}
                tags: {Tags(cached)},
                {method.CancellationToken?.Name ?? "default"});
                """));
    }

    private static string LoadMethod(ReturnKind kind) => kind switch
    {
        ReturnKind.TaskOfT => "LoadTaskAsync",
        ReturnKind.ValueTaskOfT => "LoadAsync",
        _ => "Load",
    };

    // (inner: _inner, key: key, logger: logger): what is in the key travels in the key.
    private static string State(CachedMethodModel cached, string key)
    {
        var inner = MemberText.Field(MemberText.Inner, cached.Method.Parameters);
        var ignored = cached.Method.Parameters.Where(parameter => IsIgnored(cached, parameter)).Select(parameter => $", {StateName(parameter)}: {parameter.Name}");
        return $"(inner: {inner}, key: {key}{string.Concat(ignored)})";
    }

    // A load that outlives its caller runs on a service of its own. One that depends on more of the caller never does.
    private static string Rescope(CachedMethodModel cached, string service) => cached.Method.ReturnKind == ReturnKind.Value
        ? ""
        : cached.IsAmbient ? "\nrescope: null," : $"\nstatic (state, scope) => state with {{ inner = scope.Inner<{service}>() }},";

    private static string InnerCall(CachedMethodModel cached)
    {
        var arguments = cached.Method.Parameters.Select(parameter => parameter switch
        {
            { IsCancellationToken: true } => "token",
            _ when IsIgnored(cached, parameter) => $"state.{StateName(parameter)}",
            _ when !cached.HasKeyStruct => "state.key",
            _ => $"state.key.{parameter.Name}",
        });
        return MemberText.Call(cached.Method, MemberText.As("state.inner", cached.Method.DeclaringType, cached.Method.IsInherited), string.Join(", ", arguments));
    }

    /// <summary>The tags of a result, over parameters in scope.</summary>
    public static string Tags(CachedMethodModel cached) =>
        cached.Tags.Count == 0 ? "null" : $"[{string.Join(", ", cached.Tags.Select(tag => tag.Expression))}]";

    private static bool IsIgnored(CachedMethodModel cached, ParameterModel parameter) => !parameter.IsCancellationToken && !cached.Key.Any(part => part.Ambient is null && part.Name == parameter.Name);

    private static string StateName(ParameterModel parameter) => parameter.Name is "inner" or "key" ? $"{parameter.Name}Argument" : parameter.Name;

    /// <summary>A name that no parameter of the method has.</summary>
    public static string Free(string name, MethodModel method) =>
        method.Parameters.Any(parameter => parameter.Name == name) ? Free($"{name}Of{method.Name}", method) : name;
}
