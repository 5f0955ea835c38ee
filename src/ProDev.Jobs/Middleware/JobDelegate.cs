namespace ProDev.Jobs;

/// <summary>What a middleware runs inside: the next middleware, or the job.</summary>
/// <param name="cancellationToken">The token for what is inside; pass on the one that was given, or one linked to it.</param>
/// <returns>A task that ends when the job has ended.</returns>
#pragma warning disable CA1711 // Named like the RequestDelegate that everyone knows.
public delegate Task JobDelegate(CancellationToken cancellationToken);
#pragma warning restore CA1711
