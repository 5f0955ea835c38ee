using System.Text;

namespace ProDev.Shared.SourceGeneration;

/// <summary>Writes indented source with line feeds, so that the output is the same on every machine.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line, or several of a raw string, at the current depth.</summary>
    public SourceWriter Line(string text = "")
    {
        foreach (var line in text.Replace("\r\n", "\n").Split('\n'))
            _text.Append(' ', line.Length == 0 ? 0 : _depth * IndentSize).Append(line).Append('\n');
        return this;
    }

    /// <summary>Writes lines one level deeper.</summary>
    public SourceWriter Indented(string text)
    {
        _depth++;
        Line(text);
        _depth--;
        return this;
    }

    /// <summary>Writes <c>header { body }</c>, with each brace on a line of its own.</summary>
    public SourceWriter Block(string header, Action body, string end = "}")
    {
        Line(header).Line("{");
        _depth++;
        body();
        _depth--;
        return Line(end);
    }

    public override string ToString() => _text.ToString();
}
