using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Writes a method that removes cached results when it has run, whether it succeeded or not.</summary>
internal static class InvalidatingMethodEmitter
{
    public static void Write(SourceWriter writer, InvalidatingMethodModel invalidating)
    {
        var method = invalidating.Method;
        writer.Line().Block(MemberText.Signature(method, method.IsAwaitable), () => writer
            .Block("try", () => writer.Line($"{Call(method)};"))
            .Block("finally", () => WriteRemovals(writer, invalidating)));
    }

    private static string Call(MethodModel method)
    {
        var call = MemberText.InnerCall(method);
        return method.ReturnKind switch
        {
            ReturnKind.Void => call,
            ReturnKind.Task or ReturnKind.ValueTask => $"await {call}.ConfigureAwait(false)",
            ReturnKind.TaskOfT or ReturnKind.ValueTaskOfT => $"return await {call}.ConfigureAwait(false)",
            _ => $"return {call}",
        };
    }

    private static void WriteRemovals(SourceWriter writer, InvalidatingMethodModel invalidating)
    {
        var stores = MemberText.Field("_stores", invalidating.Method.Parameters);
        foreach (var key in invalidating.Keys)
            writer.Line($"{stores}.{key.StoreName}.Remove({key.KeyExpression});");
        if (invalidating.Tags.Count > 0)
            writer.Line($"global::ProDev.Caching.CacheDecorators.RemoveByTags({stores}.Cache, {string.Join(", ", invalidating.Tags.Select(tag => tag.Expression))});");
    }
}
