using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>
/// Writes a method that, when it has run, replaces a cached result by its own, and removes others whether it succeeded or not.
/// </summary>
internal static class WritingMethodEmitter
{
    public static void Write(SourceWriter writer, WritingMethodModel writing)
    {
        var method = writing.Method;
        writer.Line().Block(MemberText.Signature(method, method.IsAwaitable), () =>
        {
            writer.Block("try", () => WriteCall(writer, writing));
            if (writing.Puts.Count > 0)
            {
                writer.Block("catch", () =>
                {
                    writer.Line("// What failed may have been done all the same.");
                    WriteRemovals(writer, writing, writing.Puts);
                    writer.Line("throw;");
                });
            }

            if (writing.Keys.Count + writing.Tags.Count > 0)
                writer.Block("finally", () => WriteRemovals(writer, writing, writing.Keys, writing.Tags));
        });
    }

    private static void WriteCall(SourceWriter writer, WritingMethodModel writing)
    {
        var method = writing.Method;
        var call = method.IsAwaitable ? $"await {MemberText.InnerCall(method)}.ConfigureAwait(false)" : MemberText.InnerCall(method);
        if (writing.Puts.Count == 0)
        {
            writer.Line(method.ReturnKind is ReturnKind.Void or ReturnKind.Task or ReturnKind.ValueTask ? $"{call};" : $"return {call};");
            return;
        }

        var result = CachedMethodEmitter.Free("updated", method);
        writer.Line($"var {result} = {call};");
        foreach (var put in writing.Puts)
            WriteEffect(writer, method, put.Store(Stores(method)), "Set", $"{put.KeyExpression(Parts(method))}, {result}, tags: {CachedMethodEmitter.Tags(put)}");
        writer.Line($"return {result};");
    }

    private static void WriteRemovals(SourceWriter writer, WritingMethodModel writing, IEnumerable<CachedMethodModel> keys, EquatableArray<TagTemplate> tags = default)
    {
        var method = writing.Method;
        foreach (var key in keys)
            WriteEffect(writer, method, key.Store(Stores(method)), "Remove", key.KeyExpression(Parts(method)));
        if (tags.Count > 0)
            WriteEffect(writer, method, "global::ProDev.Caching.CacheDecorators", "RemoveByTags", $"{Stores(method)}.Cache, {string.Join(", ", tags.Select(tag => tag.Expression))}");
    }

    // A synchronous method keeps to this process's memory at once; what lies beyond it follows.
    private static void WriteEffect(SourceWriter writer, MethodModel method, string target, string name, string arguments) => writer.Line(
        method.IsAwaitable ? $"await {target}.{name}Async({arguments}).ConfigureAwait(false);" : $"{target}.{name}({arguments});");

    private static string Stores(MethodModel method) => MemberText.Field("_stores", method.Parameters);

    private static string Parts(MethodModel method) => MemberText.Field("_parts", method.Parameters);
}
