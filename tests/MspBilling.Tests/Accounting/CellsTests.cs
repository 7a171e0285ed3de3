using MspBilling.Adapters.Accounting;
using MspBilling.Core;
using Xunit;

namespace MspBilling.Tests.Accounting;

public sealed class CellsTests
{
    [Theory]
    [InlineData("Contoso Ltd", "Contoso Ltd")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("＠x", "'＠x")]
    [InlineData("\t=1", "'=1")]
    [InlineData("\r\n x\u2028y\0z ", "x y z")]
    [InlineData("a = b", "a = b")]
    [InlineData(null, "")]
    public void Text_OfAnyOrigin_IsOneLineThatNoSpreadsheetRuns(string? text, string cell) => Assert.Equal(cell, Cells.Text(text, 100));

    [Theory]
    [InlineData("abcde", "abcde")]
    [InlineData("abcdef", "abcd…")]
    [InlineData("=abcde", "'=ab…")]
    [InlineData("abc😀x", "abc…")]
    public void Text_ThatDoesNotFit_IsCutAtAWholeCharacter(string text, string cell) => Assert.Equal(cell, Cells.Text(text, 5));

    [Theory]
    [InlineData(26.4, "EUR", "26.40")]
    [InlineData(0.0125, "EUR", "0.0125")]
    [InlineData(-40, "EUR", "-40.00")]
    [InlineData(5000, "JPY", "5000")]
    [InlineData(1.5, "KWD", "1.500")]
    public void Amount_OfACurrency_HasAtLeastItsPlaces(decimal amount, string currency, string cell) => Assert.Equal(cell, Cells.Amount(amount, Currency.Of(currency)));
}
