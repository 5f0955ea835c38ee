namespace ProDev.Retry.SourceGenerators;

/// <summary>Writes the decorator of one interface.</summary>
internal static class RetryEmitter
{
    private const string Package = "ProDev.Retry";
    private const string PolicyType = "global::ProDev.Retry.RetryPolicy";

    public static GeneratedFile Emit(RetryModel model)
    {
        var className = $"{model.Interface.Stem}RetryDecorator";
        var operations = OperationNames.For(model);
        var summary = $"Repeats the calls to <see cref=\"{model.Interface.DocumentationName}\"/> that are marked with [Retry] when they fail.";
        var source = DecoratorFile.Write(model.Interface, Package, writer =>
            DecoratorFile.WriteDecorator(writer, model.Interface, Package, className, summary, () =>
            {
                WriteFields(writer, model, operations);
                WriteConstructor(writer, model, className, operations);
                writer.Line();
                DecoratorFile.WriteRegistration(
                    writer,
                    Package,
                    $"global::ProDev.Retry.RetryDecorators.Register<{model.Interface.FullName}>(" +
                    $"static (services, _, inner) => new {className}(services, inner))");
                WriteMethods(writer, model, operations);
                PassThroughEmitter.WritePropertiesAndEvents(writer, model.Interface);
            }));
        return new GeneratedFile(model.Interface.HintName("Retry"), source);
    }

    private static void WriteFields(SourceWriter writer, RetryModel model, IReadOnlyList<OperationNames?> operations)
    {
        writer.Line($"private readonly {model.Interface.FullName} {MemberText.Inner};");
        foreach (var names in operations.OfType<OperationNames>())
            writer.Line($"private readonly {PolicyType} {names.PolicyField};");
    }

    private static void WriteConstructor(SourceWriter writer, RetryModel model, string className, IReadOnlyList<OperationNames?> operations) => writer
        .Line()
        .Line("/// <summary>Takes the policies from the container.</summary>")
        .Block($"public {className}(global::System.IServiceProvider services, {model.Interface.FullName} inner)", () =>
        {
            writer.Line($"{MemberText.Inner} = inner;");
            for (var index = 0; index < model.Methods.Count; index++)
            {
                if (operations[index] is { } names)
                    writer.Line($"{names.PolicyField} = {PolicyText.For(model.Methods[index].Settings!)};");
            }
        });

    private static void WriteMethods(SourceWriter writer, RetryModel model, IReadOnlyList<OperationNames?> operations)
    {
        for (var index = 0; index < model.Methods.Count; index++)
        {
            var method = model.Methods[index].Method;
            if (operations[index] is not { } names)
            {
                PassThroughEmitter.WriteMethod(writer, method);
                continue;
            }

            OperationEmitter.WriteMethod(writer, method, names);
            OperationEmitter.WriteOperation(writer, model.Interface, method, names);
        }
    }
}
