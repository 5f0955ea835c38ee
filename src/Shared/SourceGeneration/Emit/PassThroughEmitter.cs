namespace ProDev.Shared.SourceGeneration;

/// <summary>Writes the members that a decorator hands to the decorated service unchanged.</summary>
internal static class PassThroughEmitter
{
    public static void WriteMethod(SourceWriter writer, MethodModel method)
    {
        writer.Line();
        if (method.IsDisposal)
            WriteDisposal(writer, method);
        else
            writer.Line($"{MemberText.Signature(method)} =>").Indented($"{(method.ReturnKind == ReturnKind.Reference ? "ref " : "")}{MemberText.InnerCall(method)};");
    }

    public static void WritePropertiesAndEvents(SourceWriter writer, InterfaceModel model)
    {
        foreach (var property in model.Properties)
            WriteProperty(writer, property);
        foreach (var @event in model.Events)
            WriteEvent(writer, @event);
    }

    private static void WriteDisposal(SourceWriter writer, MethodModel method)
    {
        writer.Line("// The container made the decorated service and disposes it; a second disposal would come from here.");
        if (method.ReturnKind == ReturnKind.Void)
            writer.Block(MemberText.Signature(method), () => { });
        else
            writer.Line($"{MemberText.Signature(method)} => default;");
    }

    private static void WriteProperty(SourceWriter writer, PropertyModel property)
    {
        var inner = MemberText.InnerFor(property.DeclaringType, property.IsInherited, property.Parameters);
        var target = property.IsIndexer ? $"{inner}[{MemberText.Arguments(property.Parameters)}]" : $"{inner}.{property.Name}";
        var name = property.IsIndexer ? $"this[{MemberText.Declarations(property.Parameters)}]" : property.Name;
        writer.Line().Block($"{property.Type} {property.DeclaringType}.{name}", () =>
        {
            if (property.HasGetter)
                writer.Line($"get => {(property.ReturnsReference ? "ref " : "")}{target};");
            if (property.HasSetter)
                writer.Line($"set => {target} = value;");
        });
    }

    private static void WriteEvent(SourceWriter writer, EventModel @event)
    {
        var target = $"{MemberText.InnerFor(@event.DeclaringType, @event.IsInherited, [])}.{@event.Name}";
        writer.Line().Block($"event {@event.Type} {@event.DeclaringType}.{@event.Name}", () => writer
            .Line($"add => {target} += value;")
            .Line($"remove => {target} -= value;"));
    }
}
