namespace ProDev.Caching.Internal;

/// <summary>A serializer has written more than may be kept. Never leaves the package.</summary>
internal sealed class PayloadTooLargeException : Exception;
