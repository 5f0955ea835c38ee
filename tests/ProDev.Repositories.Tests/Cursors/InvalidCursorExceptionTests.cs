namespace ProDev.Repositories.Tests;

public sealed class InvalidCursorExceptionTests
{
    [Theory]
    [InlineData(CursorFault.Malformed, "it is not a cursor")]
    [InlineData(CursorFault.TooLong, "it is longer than 2048 characters")]
    [InlineData(CursorFault.UnsupportedVersion, "its format is not known to this version")]
    [InlineData(CursorFault.UnknownKey, "the key that signed it is not in the key ring")]
    [InlineData(CursorFault.BadSignature, "its signature does not match")]
    [InlineData(CursorFault.WrongScope, "it belongs to another query, order, filter, tenant or user")]
    public void MessageSaysWhyAndWhatToDo_ForEachFault(CursorFault fault, string reason)
    {
        var exception = new InvalidCursorException(fault);
        Assert.Equal(fault, exception.Fault);
        Assert.Equal($"The cursor was refused: {reason}. Ask for the first page, and pass cursors back unchanged.", exception.Message);
    }

    [Fact]
    public void FaultIsNamed_WhenItIsUnknown() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InvalidCursorException((CursorFault)99));
}
