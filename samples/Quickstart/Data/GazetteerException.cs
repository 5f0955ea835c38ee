namespace Quickstart.Data;

/// <summary>A data file is missing or damaged; the message names the file and the remedy.</summary>
internal sealed class GazetteerException(string message, Exception? inner = null) : Exception(message, inner);
