using System.Globalization;
using System.Text;

namespace ProDev.Build.StandIn;

/// <summary>Passes whole lines on with secrets masked. A line is held back until its end, for a secret may arrive in pieces.</summary>
internal sealed class MaskingWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        _line.Append(value);
        if (value == '\n')
        {
            PassOn();
        }
    }

    public override void Write(string? value)
    {
        _line.Append(value);
        if (value?.Contains('\n', StringComparison.Ordinal) == true)
        {
            PassOn();
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <summary>A flush in the middle of a line is ignored: the log flushes after each piece.</summary>
    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            PassOn();
        }

        base.Dispose(disposing);
    }

    private void PassOn()
    {
        inner.Write(SecretMask.Apply(_line.ToString()));
        _line.Clear();
    }
}
