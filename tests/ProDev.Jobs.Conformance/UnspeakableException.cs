namespace ProDev.Jobs.Conformance;

/// <summary>An exception whose own text fails.</summary>
internal sealed class UnspeakableException : Exception
{
    public override string Message => throw new InvalidOperationException("There are no words.");

    public override string ToString() => Message;
}
