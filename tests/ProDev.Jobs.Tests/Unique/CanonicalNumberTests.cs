namespace ProDev.Jobs.Tests;

public sealed class CanonicalNumberTests
{
    [Theory]
    // One value, many spellings.
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("10e-1", "1")]
    [InlineData("0.1E1", "1")]
    [InlineData("1E+0", "1")]
    [InlineData("100", "1e2")]
    [InlineData("1e2", "1e2")]
    [InlineData("0.0100", "1e-2")]
    [InlineData("-12.50", "-125e-1")]
    // Nothing.
    [InlineData("0", "0")]
    [InlineData("-0.00e7", "0")]
    // Longer than any number type, and different in the last digit.
    [InlineData("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678901")]
    [InlineData("12345678901234567890123456789012345678902", "12345678901234567890123456789012345678902")]
    // An exponent that nobody can count is left alone.
    [InlineData("1e99999999999999999999", "1e99999999999999999999")]
    public void NumbersHaveOneSpelling(string json, string expected) => Assert.Equal(expected, CanonicalNumber.Of(json));
}
