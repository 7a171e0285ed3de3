using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing.Checks;

public sealed class IssueChecksTests
{
    [Fact]
    public void Of_UsualSettings_LetsAnInvoiceGo()
    {
        Assert.Empty(new CheckedBill { Settings = IssueSettings.Default }.CheckNet(10));
        Assert.Equal(ZeroTotalCheck.Code, Assert.Single(new CheckedBill { Settings = IssueSettings.Default }.Check(Records.Addition("1", 1, 10), Records.Addition("2", 1, -10))).Check);
    }

    [Theory]
    [InlineData(10, -10, "It comes to 0.00 EUR: its credits are as much as its charges.")]
    [InlineData(10, -9.99, null)]
    public void ZeroTotal_ChargesAndCredits_WaitWhereTheyAreEqual(decimal charge, decimal credit, string? words) => Assert.Equal(
        words, new CheckedBill { Settings = CheckedBill.Nothing with { ZeroTotal = true } }.Check(Records.Addition("1", 1, charge), Records.Addition("2", 1, credit)).SingleOrDefault()?.Words);

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, " ", true)]
    [InlineData(true, "PO-17", false)]
    [InlineData(false, null, false)]
    public void PurchaseOrder_OfTheAgreement_IsMissedWhereTheClientWantsOne(bool required, string? order, bool waits)
    {
        var bill = new CheckedBill { Settings = CheckedBill.Nothing with { Clients = [new ClientIssue("CO250", PurchaseOrderRequired: required)] } };
        bill = bill with { Month = bill.Month with { Agreements = [Records.Agreement() with { PurchaseOrder = order }] } };

        var objections = bill.CheckNet(10);

        Assert.Equal(waits ? ["Gold support has no purchase order, and Corrib Foods pays on one only. Set it on the agreement, then close 2024-09 again."] : [], objections.Select(objection => objection.Words));
    }

    // 11,400.00 were invoiced on PO-17, whose limit is 12,000.00.
    [Theory]
    [InlineData("PO-17", null, 600, null)]
    [InlineData("PO-17", null, 600.01, "Purchase order PO-17: 11400.00 EUR invoiced before and 600.01 EUR now are 0.01 EUR above its 12000 EUR.")]
    [InlineData("PO-17", "CO250", 600.01, "Purchase order PO-17: 11400.00 EUR invoiced before and 600.01 EUR now are 0.01 EUR above its 12000 EUR.")]
    [InlineData("PO-17", "CO999", 600.01, null)] // another client's order of that number
    [InlineData("PO-18", null, 600.01, null)]
    public void PurchaseOrderLimit_WithWhatWasInvoicedBefore_WaitsAboveIt(string limited, string? client, decimal net, string? words)
    {
        var bill = new CheckedBill
        {
            Settings = CheckedBill.Nothing with { PurchaseOrders = [new PurchaseOrderLimit(limited, EUR, 12_000, client)] },
            Before = CheckedBill.Outcome with { History = new InvoicedHistory([], [new OrderedTotal("PO-17", Eur(11_400)), new OrderedTotal("PO-17", Usd(99_999))]) },
        };

        Assert.Equal(words, (bill with { Month = bill.Month with { Agreements = [Records.Agreement() with { PurchaseOrder = "PO-17" }] } }).CheckNet(net).SingleOrDefault()?.Words);
    }

    [Theory]
    [InlineData(true, "2 entries of 2024-09, 3.50 h, are not approved and would not be on it. Approve them in the PSA, then close 2024-09 again.")]
    [InlineData(false, null)]
    public void UnapprovedTime_InThePeriod_WaitsWhereThatIsAskedFor(bool isOn, string? words) => Assert.Equal(
        words,
        new CheckedBill { Settings = CheckedBill.Nothing with { UnapprovedTime = isOn } }
            .Check(Records.Time("1", 8), Records.Time("2", 2) with { Status = "Open" }, Records.Time("3", 1.5m) with { Status = "Open" }).SingleOrDefault()?.Words);

    // August 100.00 and 20.00 on PO-1, September 50.00 on it: 170.00; the same period once more replaces its nets.
    [Fact]
    public void History_AfterEachIssue_HasTheLastPeriodsAndAllOrders()
    {
        var month = new CheckedBill().Month with { Agreements = [Records.Agreement() with { PurchaseOrder = "PO-1" }] };
        var agreements = month.Directory.AgreementsOf(month.Client);
        var august = InvoicedHistory.After(null, month.Bill(Records.Addition("1", 1, 100), Records.Addition("2", 1, 20)) with { Period = Core.Time.Period.Month(2024, 8) }, agreements);

        var history = InvoicedHistory.After(august, month.Bill(Records.Addition("1", 1, 50)), agreements);

        Assert.Equal([("2024-08", Eur(120)), ("2024-09", Eur(50))], history.Periods.Select(invoiced => (invoiced.Period.ToString(), Assert.Single(invoiced.Nets))));
        Assert.Equal([new OrderedTotal("PO-1", Eur(170))], history.Orders);
        var long_ = Enumerable.Range(0, 20).Aggregate((InvoicedHistory?)null, (before, i) => InvoicedHistory.After(before, month.Bill(Records.Addition("1", 1, i)) with { Period = Core.Time.Period.MonthOf(new DateOnly(2023, 1, 1).AddMonths(i)) }, agreements));
        Assert.Equal(Enumerable.Range(8, 12).Select(i => Eur(i)), long_!.Periods.Select(invoiced => Assert.Single(invoiced.Nets)));
    }
}
