using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class InvoicedTimeTests
{
    private const string Source = "connectwise";

    private static readonly ClientMonth September = new() { Lines = [Lines.Time()], References = [Records.Role("1", 95)] };
    private static readonly ClientMonth October = September with { Period = Core.Time.Period.Month(2024, 10) };

    [Fact]
    public void Of_OneInvoice_HasWhatIsBilledOrCoveredOfItsSource()
    {
        TimeEntry One(string id) => Records.Time(id, 1);
        var billed = One("5");
        var other = One("6") with { Id = new RecordId("toggl", RecordKind.Time, "6") };
        var bill = September.Bill(billed) with
        {
            Dispositions =
            [
                Disposition.NonBillable(One("1"), Reason.NoCharge), Disposition.Held(One("2"), Reason.UnapprovedTime), Disposition.Covered(One("30"), Reason.Retainer),
                Disposition.Held(One("4"), Reason.MissingRole), Disposition.Billed(billed, "Role 1"), Disposition.Billed(billed, "Role 1"), Disposition.Billed(other, "Role 1"),
                Disposition.Covered(Records.Device("7"), Reason.NotDue),
            ],
        };

        Assert.Equal(["30", "5"], Ids(bill));
        Assert.Equal(["6"], Ids(bill, source: "toggl"));
    }

    // 1 was billed in September; 2 was not approved, 3 was forgotten, 4 is October's.
    [Fact]
    public void Of_ABillThatAdjusts_HasWhatWasNeitherBilledNorCoveredBefore()
    {
        var months = new MonthByMonth();
        var (one, two, four) = (Records.Time("1", 6), Records.Time("2", 2) with { Status = "Open" }, Records.Time("4", 1, start: "2024-10-08T09:00Z"));
        var september = months.Close(September, one, two);
        var october = months.Close(October, one with { Hours = 5 }, two with { Status = "Approved" }, Records.Time("3", 1), four);

        Assert.Equal(["1"], Ids(september));
        Assert.NotEmpty(october.Adjusted);
        Assert.Equal(["2", "3", "4"], Ids(october, before: september.Dispositions));
        Assert.True(InvoicedTime.MayHave(october, Source));
        Assert.False(InvoicedTime.MayHave(october, "autotask"));
    }

    [Fact]
    public void Of_TwoInvoices_EachHasWhatItsLinesBillAndNobodyGuesses()
    {
        var bill = September.Bill(Records.Time("1", 1));
        var eur = Assert.Single(bill.Invoices);
        var line = Assert.Single(eur.Lines);
        bill = bill with
        {
            Invoices = [eur with { Lines = [line with { Description = "Engineer" }, line with { Description = "Travel" }] }, eur with { Currency = USD, Lines = [line with { Description = "Consultant" }, line with { Description = "Travel" }] }],
            Dispositions =
            [
                Disposition.Billed(Records.Time("1", 1), "Engineer"), Disposition.Billed(Records.Time("2", 1), "Consultant"),
                Disposition.Billed(Records.Time("3", 1), "Travel"), Disposition.Covered(Records.Time("4", 1), Reason.Retainer),
                Disposition.Covered(Records.Time("5", 1), Reason.Retainer), Disposition.Billed(Records.Time("5", 1), "Consultant"),
            ],
        };

        Assert.Equal(["1", "3?", "4?"], Ids(bill));
        Assert.Equal(["2", "5"], Ids(bill, USD));
    }

    private static IEnumerable<string> Ids(ClientBill bill, Core.Currency? currency = null, string source = Source, IReadOnlyList<Disposition>? before = null) =>
        InvoicedTime.Of(bill, currency ?? EUR, null, source, before is null ? [] : [before]).Select(entry => entry.Activity.ExternalId + (entry.IsTold ? "" : "?"));
}
