namespace ProDev.Jobs;

/// <summary>Stored arguments cannot be read. It never leaves the package: the worker turns it into a dead letter.</summary>
internal sealed class JobArgumentsException(string message, Exception? inner) : Exception(message, inner);
