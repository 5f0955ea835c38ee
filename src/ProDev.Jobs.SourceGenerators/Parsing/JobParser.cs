using Microsoft.CodeAnalysis;

namespace ProDev.Jobs.SourceGenerators;

/// <summary>Turns a class that carries [Job] into a model. No symbol leaves it.</summary>
internal static class JobParser
{
    private const string JobInterface = "ProDev.Jobs.IJob`1";
    private const string JobWithResult = "ProDev.Jobs.IJob`2";
    private const int DefaultMaxAttempts = 5;

    public static ParsedJob Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData attribute = context.Attributes[0];
        LocationModel? location = LocationModel.From(attribute, type, cancellationToken);
        var diagnostics = new List<DiagnosticModel>();

        string name = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        string queue = Named(attribute, "Queue") as string ?? "default";
        int maxAttempts = Named(attribute, "MaxAttempts") as int? ?? DefaultMaxAttempts;
        if (!JobNameRule.IsName(name))
            Report(JobDiagnostics.MalformedName, name);
        if (!JobNameRule.IsName(queue))
            Report(JobDiagnostics.MalformedQueue, queue);
        if (maxAttempts < 1)
            Report(JobDiagnostics.TooFewAttempts, type.ForPeople(), maxAttempts.ToString(System.Globalization.CultureInfo.InvariantCulture));

        int version = Named(attribute, "Version") as int? ?? 1;
        if (version < 1)
            Report(JobDiagnostics.VersionTooLow, type.ForPeople(), version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        TimeSpan? soft = Limit("SoftTimeLimit");
        TimeSpan? hard = Limit("HardTimeLimit");
        if (soft >= hard)
            Report(JobDiagnostics.SoftLimitNotShorter, type.ForPeople(), $"{soft:c}", $"{hard:c}");

        RateModel? rate = Rate();

        INamedTypeSymbol[] contracts = [.. type.AllInterfaces.Where(i => i.Is(JobInterface) || i.Is(JobWithResult))];
        if (contracts.Length != 1)
            Report(JobDiagnostics.NotAJob, type.ForPeople(), contracts.Length == 0 ? "none" : $"{contracts.Length}");
        if (Unconstructible(type) is { } kind)
            Report(JobDiagnostics.CannotBeCreated, type.ForPeople(), kind);
        if (Hidden(type))
            Report(JobDiagnostics.NotAccessible, type.ForPeople(), type.ForPeople());

        ITypeSymbol? args = contracts.Length == 1 ? contracts[0].TypeArguments[0] : null;
        if (args is not null && args is not ITypeParameterSymbol)
        {
            if (Hidden(args))
                Report(JobDiagnostics.NotAccessible, type.ForPeople(), args.ForPeople());
            if (ArgumentRule.Obstacle(args) is { } obstacle)
                Report(JobDiagnostics.NotSerializable, type.ForPeople(), args.ForPeople(), obstacle);
        }

        UniqueModel? unique = UniqueParser.Parse(
            type, args, (at, descriptor, arguments) => diagnostics.Add(
                DiagnosticModel.Create(descriptor, LocationModel.From(at, type, cancellationToken), arguments)));

        ITypeSymbol? result = contracts.Length == 1 && contracts[0].TypeArguments.Length == 2 ? contracts[0].TypeArguments[1] : null;
        if (result is not null && Hidden(result))
            Report(JobDiagnostics.NotAccessible, type.ForPeople(), result.ForPeople());

        IMethodSymbol? constructor = ConstructorChoice.Choose(type, out string why);
        if (constructor is null && !type.IsStatic && !type.IsAbstract)
            Report(JobDiagnostics.NoConstructor, type.ForPeople(), why);

        JobModel? job = diagnostics.Count > 0 || args is null || constructor is null
            ? null
            : new JobModel(
                name, queue, maxAttempts, version, soft, hard, unique, rate, type.ForCode(), NotNullable(args).ForCode(), result?.ForCode(),
                ConstructorChoice.Parameters(constructor), location);
        return new ParsedJob(job, diagnostics.ToEquatableArray());

        TimeSpan? Limit(string limit)
        {
            if (Named(attribute, limit) is not string text)
                return null;
            if (TimeLimitRule.TryRead(text, out TimeSpan value))
                return value;
            Report(JobDiagnostics.MalformedTimeLimit, type.ForPeople(), limit, text);
            return null;
        }

        RateModel? Rate()
        {
            int? burst = Named(attribute, "RateBurst") as int?;
            string? text = Named(attribute, "RateLimit") as string;
            if (burst is { } given && (text is null || given is < 1 or > RateRule.MaxPermits))
                Report(JobDiagnostics.RateBurst, type.ForPeople(), given.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (text is null)
                return null;
            if (!RateRule.TryRead(text, out int permits, out long period))
            {
                Report(JobDiagnostics.MalformedRate, type.ForPeople(), text);
                return null;
            }

            if (burst is <= RateRule.MaxPermits && !RateRule.Fills(permits, period, burst.Value))
                Report(JobDiagnostics.RateBurst, type.ForPeople(), burst.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return new RateModel(permits, period, burst ?? 1);
        }

        void Report(DiagnosticDescriptor descriptor, params string[] arguments)
            => diagnostics.Add(DiagnosticModel.Create(descriptor, location, arguments));
    }

    public static ITypeSymbol NotNullable(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private static object? Named(AttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { IsNull: false } value ? value.Value : null;

    private static string? Unconstructible(INamedTypeSymbol type)
    {
        if (type.IsStatic)
            return "static";
        if (type.IsAbstract)
            return "abstract";
        for (INamedTypeSymbol? each = type; each is not null; each = each.ContainingType)
        {
            if (each.IsGenericType)
                return "generic";
        }

        return null;
    }

    private static bool Hidden(ITypeSymbol type)
    {
        // A type parameter is contained in the type whose argument it is: following it would never end.
        if (type is ITypeParameterSymbol)
            return false;
        if (type is IArrayTypeSymbol array)
            return Hidden(array.ElementType);

        for (ITypeSymbol? each = type; each is not null; each = each.ContainingType)
        {
            if (each is INamedTypeSymbol { IsFileLocal: true }
                || each.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return true;
            }

            if (each is INamedTypeSymbol named && named.TypeArguments.Any(Hidden))
                return true;
        }

        return false;
    }
}
