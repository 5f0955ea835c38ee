namespace ProDev.Http;

/// <summary>
/// Goes through the links of one header value, as RFC 8288 appendix B.2 tells. It stops at the first thing that is no link, because what
/// follows cannot be told apart any more.
/// </summary>
internal ref struct LinkReader(string value)
{
    private const string White = " \t";

    private ReadOnlySpan<char> _rest = value;
    private string _relations = string.Empty;
    private bool _hasRelations;
    private bool _isElsewhere;

    public ReadOnlySpan<char> Target { get; private set; }

    /// <summary>Whether the link has the relation; it may have several, separated by white space.</summary>
    public readonly bool Has(string relation)
    {
        if (_isElsewhere)
            return false;
        foreach (var range in _relations.AsSpan().SplitAny(White))
        {
            if (_relations.AsSpan(range).Equals(relation, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public bool Read()
    {
        (_relations, _hasRelations, _isElsewhere) = (string.Empty, false, false);
        _rest = _rest.TrimStart(" \t,");
        var end = _rest.IndexOf('>');
        if (_rest.IsEmpty || _rest[0] != '<' || end < 0)
            return false;

        Target = _rest[1..end].Trim(White);
        _rest = _rest[(end + 1)..].TrimStart(White);
        while (TryTake(';'))
            ReadParameter();
        return _rest.IsEmpty || _rest[0] == ',';
    }

    private void ReadParameter()
    {
        _rest = _rest.TrimStart(White);
        var end = _rest.IndexOfAny("=;, \t");
        var name = end < 0 ? _rest : _rest[..end];
        _rest = _rest[name.Length..].TrimStart(White);
        var text = TryTake('=') ? ReadValue() : string.Empty;
        _rest = _rest.TrimStart(White);

        // Of several relation parameters only the first counts.
        if (name.Equals("rel", StringComparison.OrdinalIgnoreCase) && !_hasRelations)
            (_relations, _hasRelations) = (text, true);
        _isElsewhere |= name.Equals("anchor", StringComparison.OrdinalIgnoreCase);
    }

    private string ReadValue()
    {
        _rest = _rest.TrimStart(White);
        if (TryTake('"'))
            return ReadQuoted();
        var end = _rest.IndexOfAny(";,");
        var text = end < 0 ? _rest : _rest[..end];
        _rest = _rest[text.Length..];
        return text.TrimEnd(White).ToString();
    }

    private string ReadQuoted()
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < _rest.Length; i++)
        {
            if (_rest[i] == '"')
            {
                _rest = _rest[(i + 1)..];
                return text.ToString();
            }

            if (_rest[i] == '\\' && i + 1 < _rest.Length)
                i++;
            text.Append(_rest[i]);
        }

        _rest = [];
        return text.ToString();
    }

    private bool TryTake(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
            return false;
        _rest = _rest[1..];
        return true;
    }
}
