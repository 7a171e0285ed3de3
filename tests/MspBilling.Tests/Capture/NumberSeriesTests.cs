using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class NumberSeriesTests
{
    [Theory]
    [InlineData("HL-{0:000000}", 2041, "2024-10-01", "EUR", "HL-002041")]
    [InlineData("HL{yy}-{month}-{0:0000}", 3, "2024-10-01", "EUR", "HL24-10-0003")]
    [InlineData("HL{yy}-{month}-{0:0000}", 1, "2025-01-31", "EUR", "HL25-01-0001")]
    [InlineData("{year}/{currency}/{0}", 12345, "2024-02-29", "USD", "2024/USD/12345")]
    [InlineData("{0:00}", 123, "2024-10-01", "EUR", "123")] // more than it has places for
    public void NumberOf_Pattern_IsWrittenOut(string pattern, long ordinal, string date, string currency, string number) =>
        Assert.Equal(number, new NumberSeries("s", pattern, 1).NumberOf(ordinal, Date(date), Currency.Of(currency)));

    [Fact]
    public void CounterOn_SeriesThatRestarts_IsOneAYear()
    {
        var series = new NumberSeries("s", "{year}{0}", 1);

        Assert.Equal(("s", "s"), (series.CounterOn(Date("2024-12-31")), series.CounterOn(Date("2025-01-01"))));
        series = series with { RestartsYearly = true };
        Assert.Equal(("s|2024", "s|2025"), (series.CounterOn(Date("2024-12-31")), series.CounterOn(Date("2025-01-01"))));
    }

    [Fact]
    public void For_ACurrency_IsItsOwnSeriesOrTheOneForAll()
    {
        var settings = Records.Settings with { NumberSeries = [new("dollars", "D{0}", 1, Currency: Currency.Of("USD")), new("notes", "N{0}", 1, NumberedDocument.CreditNote)] };
        var (invoices, notes) = (DocumentNumbers.Of(settings, NumberedDocument.Invoice), DocumentNumbers.Of(settings, NumberedDocument.CreditNote));

        Assert.Equal(
            ("dollars", "invoices", "notes"), (invoices.For(Currency.Of("USD")).Name, invoices.For(Currency.Of("EUR")).Name, notes.For(Currency.Of("USD")).Name));
        Assert.Equal("CN-HL-000001", DocumentNumbers.Of(Records.Settings, NumberedDocument.CreditNote).For(Currency.Of("EUR")).NumberOf(1, Date("2024-10-01"), Currency.Of("EUR")));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
