using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Accounting;
using Xunit;

namespace MspBilling.Tests.Invoicing;

public sealed class DetailSharesTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Theory]
    [InlineData(3, 100, 0, "2 1", "66.67 33.33")]
    [InlineData(3, 100, 10, "1 1 1", "30 30 30")] // of what is left after the discount
    [InlineData(3, 100, 0, "1 1 1", "33.34 33.33 33.33")]
    [InlineData(2, -0.03, 0, "1 1", "-0.02 -0.01")]
    [InlineData(2, 0, 0, "0 2", "0 0")] // covered time
    [InlineData(1, 100, 0, "2 1", null)] // a fee for a month
    [InlineData(1, 100, 0, "2 -1", null)]
    [InlineData(0, 100, 0, "0", null)]
    public void Of_Line_SplitsItsNetByTheRowsQuantities(decimal quantity, decimal amount, decimal discount, string rows, string? expected)
    {
        var line = InvoiceCases.Line(quantity, 1, 0) with { Amount = new Money(amount, Eur), Discount = new Money(discount, Eur), Details = [.. rows.Split(' ').Select(row => Row(row, "seat"))] };

        Assert.Equal(expected, DetailShares.Of(line) is { } shares ? string.Join(' ', shares.Select(share => FormattableString.Invariant($"{share.Amount:0.##}"))) : null);
    }

    [Fact]
    public void Of_RowsOfAnotherUnitOrNone_AreNotKnown()
    {
        var line = InvoiceCases.Line(2, 1, 2);

        Assert.Null(DetailShares.Of(line));
        Assert.Null(DetailShares.Of(line with { Details = [Row("2", "h")] }));
    }

    private static LineDetail Row(string quantity, string unit) => new(null, null, null, "Work", decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), unit);
}
