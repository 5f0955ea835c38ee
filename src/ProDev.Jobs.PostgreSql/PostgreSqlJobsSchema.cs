namespace ProDev.Jobs.PostgreSql;

/// <summary>The tables of the provider, for those who create them by hand.</summary>
public static class PostgreSqlJobsSchema
{
    internal const string DefaultName = "prodev_jobs";
    internal const int MaxNameLength = 48;

    /// <summary>
    /// Gives the SQL that creates the schema, or brings an older one up to date. It runs as one transaction and may be run again; what is there
    /// already is left alone. Run it as a role that may create tables.
    /// </summary>
    /// <param name="schema">The name of the schema, as in <see cref="PostgreSqlJobsOptions.Schema"/>.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentException">The name is malformed.</exception>
    public static string CreateScript(string schema = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (!IsName(schema))
            throw new ArgumentException(Malformed(schema), nameof(schema));
        return Migration.Script(schema);
    }

    internal static bool IsName(string? name)
        => name is { Length: > 0 and <= MaxNameLength } && !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            && !name.StartsWith("pg_", StringComparison.Ordinal);

    internal static string Malformed(string? name)
        => $"'{name}' cannot be the name of the schema. Allowed are lower-case letters, digits and underscores, not a digit or 'pg_' first, at most " +
            $"{MaxNameLength} characters.";
}
