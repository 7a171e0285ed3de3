using System.Text;
using MspBilling.Adapters.Documents.Pdf;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

public sealed class PdfBytesTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(5, ".05")]
    [InlineData(-50, "-.5")]
    [InlineData(1250, "12.5")]
    [InlineData(-59528, "-595.28")]
    [InlineData(100000, "1000")]
    public void Hundredths_OfNumber_AreWrittenInFewestDigits(int hundredths, string expected) => Assert.Equal(expected, Written(bytes => bytes.Hundredths(hundredths)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1000, "1")]
    [InlineData(7, ".007")]
    [InlineData(120, ".12")]
    [InlineData(500, ".5")]
    public void Thousandths_OfShare_AreWrittenInFewestDigits(int thousandths, string expected) => Assert.Equal(expected, Written(bytes => bytes.Thousandths(thousandths)));

    [Theory]
    [InlineData("Łódź 漢字 😀")]
    [InlineData("(\\)")]
    [InlineData("\u0D0A\u2829")] // bytes that are a line's end, and brackets
    public void Text_WithBytesThatMeanSomething_IsReadBackAsItWas(string text)
    {
        var bytes = new PdfBytes(1);
        bytes.Text(text);
        Assert.Equal(text, StrictPdf.Text(new PdfLexer(bytes.Span.ToArray()).Next()));
    }

    private static string Written(Action<PdfBytes> write)
    {
        var bytes = new PdfBytes(1);
        write(bytes);
        return Encoding.ASCII.GetString(bytes.Span);
    }
}
