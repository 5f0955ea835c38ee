namespace ProDev.Jobs;

/// <summary>A result cannot be stored. It never leaves the package: the worker turns it into a dead letter.</summary>
internal sealed class JobResultException(string message, Exception? inner) : Exception(message, inner);
