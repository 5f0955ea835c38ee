namespace ProDev.Repositories;

/// <summary>Takes bytes off a verified cursor and refuses to read past its end.</summary>
internal ref struct CursorReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw new InvalidCursorException(CursorFault.Malformed);

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty)
            throw new InvalidCursorException(CursorFault.Malformed);
    }
}
