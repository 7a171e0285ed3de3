using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using Xunit;

namespace MspBilling.Tests.Invoicing.Checks;

public sealed class DeviationCheckTests
{
    // 1,000.00, 1,100.00 and 900.00 before: 1,000.00 on average.
    [Theory]
    [InlineData(30, null, 1300, false)] // 30 %
    [InlineData(30, null, 1300.01, true)]
    [InlineData(30, null, 700, false)]
    [InlineData(30, null, 699.99, true)]
    [InlineData(30, 500, 1500, false)] // 50 %, and 500.00 is not more than 500.00
    [InlineData(30, 500, 1500.01, true)]
    [InlineData(30, 500, 500, false)]
    [InlineData(0.5, null, 1005.01, true)]
    public void Of_NetAgainstTheAverageOfThree_WaitsBeyondTheBound(decimal percent, int? amount, decimal net, bool waits) => Assert.Equal(
        waits, new CheckedBill { Settings = Bound(percent, amount), Before = CheckedBill.After(1000, 1100, 900) }.CheckNet(net).Any(objection => objection.Check == DeviationCheck.Code));

    // 5,000.00 in May is before the last three; of two only 100.00 and 300.00 count, 200.00 on average.
    [Theory]
    [InlineData(3, 1000, false)]
    [InlineData(4, 1000, true)] // (5,000 + 900 + 1,000 + 1,100) / 4 = 2,000.00, half of it
    [InlineData(12, 2000, false)]
    public void Of_LongerHistory_AveragesItsLastPeriods(int periods, decimal net, bool waits) => Assert.Equal(
        waits, new CheckedBill { Settings = Bound(30, null, periods), Before = CheckedBill.After(5000, 900, 1000, 1100) }.CheckNet(net).Count > 0);

    [Fact]
    public void Of_ClientWithoutHistoryOrInANewCurrency_IsComparedWithNothing()
    {
        Assert.Empty(new CheckedBill { Settings = Bound(1) }.CheckNet(1_000_000));
        var dollars = CheckedBill.Outcome with { History = new InvoicedHistory([new InvoicedPeriod(Core.Time.Period.Month(2024, 8), [Builders.Currencies.Usd(10)])], []) };
        Assert.Empty(new CheckedBill { Settings = Bound(1), Before = dollars }.CheckNet(1_000_000));
    }

    [Theory]
    [InlineData(1240, "1240.00 EUR net; the last 3 invoiced periods came to 1000.00 EUR on average, 24.0 % more.")]
    [InlineData(333.33, "333.33 EUR net; the last 3 invoiced periods came to 1000.00 EUR on average, 66.7 % less.")]
    public void Of_Deviation_SaysHowFar(decimal net, string words)
    {
        var objection = Assert.Single(new CheckedBill { Settings = Bound(10), Before = CheckedBill.After(1000, 1100, 900) }.CheckNet(net));

        Assert.Equal((words, true), (objection.Words, objection.NeedsWhy));
    }

    [Fact]
    public void Of_ClientsOwnBound_GoesBeforeThatOfAll() => Assert.Empty(
        new CheckedBill { Settings = Bound(10) with { Clients = [new ClientIssue("CO250", Deviation: new DeviationBound(50, null, 3))] }, Before = CheckedBill.After(1000) }.CheckNet(1500));

    // Invoices over nothing before, then one of 10.00: any difference is beyond any percentage.
    [Fact]
    public void Of_HistoryOfZero_WaitsUnlessTheAmountIsSmall()
    {
        Assert.Single(new CheckedBill { Settings = Bound(30), Before = CheckedBill.After(0) }.CheckNet(10));
        Assert.Empty(new CheckedBill { Settings = Bound(30, 10), Before = CheckedBill.After(0) }.CheckNet(10));
    }

    private static IssueSettings Bound(decimal percent, decimal? amount = null, int periods = 3) => CheckedBill.Nothing with { Deviation = new DeviationBound(percent, amount, periods) };
}
