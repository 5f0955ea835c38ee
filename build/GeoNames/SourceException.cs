namespace GeoNames;

/// <summary>The source package is not what this tool can convert; the message names the file, the entry and the remedy.</summary>
internal sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner);
