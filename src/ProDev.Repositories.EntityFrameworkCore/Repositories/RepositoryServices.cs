using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>What the repositories of one scope share: the contexts, the signer, and the scope of cursors.</summary>
internal sealed class RepositoryServices(
    IServiceProvider services, IEnumerable<RepositoryContext> contexts, CursorSigner signer, IOptions<RepositoryOptions> options)
{
    public CursorSigner Signer { get; } = signer;

    public string? CursorScope() => options.Value.CursorScope?.Invoke(services);

    /// <summary>The only registered context.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public DbContext OnlyContext()
    {
        var types = contexts.Select(context => context.Type).Distinct().ToArray();
        return types is [var single] ? Open(single) : throw new InvalidOperationException(
            $"Repositories are registered for {types.Length} contexts ({string.Join(", ", types.Select(type => type.Name))}), so which one " +
            "a unit of work commits must be said: ask for the keyed service [FromKeyedServices(typeof(TContext))] IUnitOfWork.");
    }

    /// <summary>The registered context whose model has an entity.</summary>
    /// <exception cref="InvalidOperationException">None has it, or several have.</exception>
    public DbContext ContextOf(Type entity)
    {
        var types = contexts.Select(context => context.Type).Distinct().ToArray();
        if (types is [var single])
            return Open(single);

        var owners = types.Select(Open).Where(context => context.Model.FindEntityType(entity) is not null).ToArray();
        return owners is [var owner] ? owner : throw new InvalidOperationException(
            $"'{entity.Name}' is an entity of {owners.Length} of the registered contexts ({string.Join(", ", types.Select(type => type.Name))}) " +
            "and must be one of exactly one. Map it in one of them, or use the extension methods on DbSet instead of a repository.");
    }

    private DbContext Open(Type type) => (DbContext?)services.GetService(type) ?? throw new InvalidOperationException(
        $"Repositories are registered for '{type.Name}', but the context itself is not. Call services.AddDbContext<{type.Name}>(...).");
}
