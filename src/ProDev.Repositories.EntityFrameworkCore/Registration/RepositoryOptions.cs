namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Settings of the repositories. They can be bound from configuration.</summary>
public sealed class RepositoryOptions
{
    /// <summary>
    /// The keys that sign page cursors, in base64, each at least <see cref="CursorSigner.MinKeyBytes"/> bytes. The first signs; all verify,
    /// so a key is rotated by putting the new one first and removing the old one when its cursors may die.
    /// </summary>
    /// <value>
    /// Empty: a random key is made when the program starts. Cursors then die with the process and are not understood by other nodes, so a
    /// service that is restarted or runs more than once needs a key.
    /// </value>
    public IList<string> CursorKeys { get; } = [];

    /// <summary>
    /// Names the tenant or user of the current scope. A cursor is refused under any other name. Called once per page with the services of
    /// the scope.
    /// </summary>
    /// <value><see langword="null"/>: cursors are bound to the query alone. The function may return null too, which is a name of its own.</value>
    public Func<IServiceProvider, string?>? CursorScope { get; set; }
}
