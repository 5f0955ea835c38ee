using Microsoft.CodeAnalysis;
using ProDev.Shared.SourceGeneration;

namespace ProDev.Caching.SourceGenerators;

/// <summary>Finds the parts of a cached method's key, and their text.</summary>
internal static class KeyParser
{
    /// <summary>A part of a key; the parameter is null for an ambient one.</summary>
    public readonly record struct Part(KeyPart Model, IParameterSymbol? Parameter);

    public static List<Part> Parse(ParseScope scope, IMethodSymbol method, MethodModel model)
    {
        var key = new List<Part>();
        for (var index = 0; index < method.Parameters.Length; index++)
        {
            var parameter = method.Parameters[index];
            var parameterModel = model.Parameters[index];
            if (!parameterModel.CanBeCaptured)
            {
                scope.Report(
                    CachingDiagnostics.NotWrappable, LocationModel.From(parameter), method.ForPeople(),
                    $"its parameter '{parameter.Name}' is {(parameter.Type.IsRefLikeType ? "a ref struct" : "passed by reference")}, and a call that is shared cannot hold it. Take a value instead.");
            }
            else if (parameterModel.IsCancellationToken)
            {
                // Left out by itself.
            }
            else if (CachingAttributes.Has(parameter, CachingAttributes.CacheKeyIgnore))
            {
                if (CallerTypes.LooksLikeCaller(parameter) is { } word)
                    scope.Report(CachingDiagnostics.CallerIgnored, LocationModel.From(parameter), parameter.Name, method.ForPeople(), word);
            }
            else
            {
                if (CallerTypes.Objection(parameter.Type) is { } misplaced)
                    scope.Report(misplaced.Finding, LocationModel.From(parameter), parameter.Name, method.ForPeople(), misplaced.Reason);
                else if (KeyTypes.Objection(parameter.Type) is { } objection)
                    scope.Report(CachingDiagnostics.UncacheableParameter, LocationModel.From(parameter), parameter.Name, method.ForPeople(), objection);
                key.Add(new Part(new KeyPart(parameterModel.Name, parameterModel.Type, Ambient: null), parameter));
            }
        }

        AddAmbient(scope, method, key);
        return key;
    }

    public static KeyTextModel? ParseText(ParseScope scope, IMethodSymbol method, MethodModel model, List<Part> key)
    {
        var isStruct = model.IsGeneric || key.Count != 1 || key[0].Parameter is not { } single || !KeyTypes.CanBeKeyItself(single.Type);
        var writes = new List<string>();
        var reads = new List<string>();
        foreach (var (part, parameter) in key)
        {
            var value = isStruct ? $"key.{part.Name}" : "key";
            if (parameter is null)
            {
                writes.Add($"writer.Add({value});");
                reads.Add("reader.ReadString()");
            }
            else if (KeyTextParser.Parse(parameter.Type, value, writes) is { } read)
            {
                reads.Add(read);
            }
            else
            {
                if (!scope.Parsed.IsOpen)
                    scope.Report(CachingDiagnostics.MemoryOnly, LocationModel.From(parameter), parameter.Name, method.ForPeople(), parameter.Type.ForPeople());
                return null;
            }
        }

        var types = string.Join(",", key.Select(part => part.Parameter?.Type.ForIdentity() ?? $"+{part.Model.Ambient}"));
        var declaring = model.IsInherited ? $"{method.ContainingType.ForIdentity()}." : "";
        var result = ResultTypes.Of(model.ReturnKind, method);
        return new KeyTextModel(
            $"{scope.Parsed.Type.ForIdentity()}.{declaring}{method.Name}({types})",
            ResultShape.Hash(result),
            writes.ToEquatableArray(),
            reads.ToEquatableArray());
    }

    private static void AddAmbient(ParseScope scope, IMethodSymbol method, List<Part> key)
    {
        var attributes = CachingAttributes.Find(method, CachingAttributes.CacheVaryBy)
            .Concat(CachingAttributes.Find(method.ContainingType, CachingAttributes.CacheVaryBy))
            .Concat(CachingAttributes.Find(scope.Parsed.Type, CachingAttributes.CacheVaryBy));
        foreach (var attribute in attributes)
        {
            if (attribute.AttributeClass!.TypeArguments[0] is not INamedTypeSymbol type || type.TypeKind == TypeKind.Error)
                continue;
            if (!type.CanBeSeenIn(scope.Parsed.Home))
            {
                scope.Report(CachingDiagnostics.HiddenPart, scope.At(attribute, method), type.ForPeople(), method.ForPeople());
                continue;
            }

            var part = scope.Part(type);
            if (key.Any(other => other.Model.Ambient == part.Property))
                continue;
            var name = $"{char.ToLowerInvariant(part.Property[0])}{part.Property.Substring(1)}";
            while (method.Parameters.Any(parameter => parameter.Name == name))
                name = $"ambient{char.ToUpperInvariant(name[0])}{name.Substring(1)}";
            key.Add(new Part(new KeyPart(TypeNames.Escape(name), "string?", part.Property), Parameter: null));
        }
    }
}
