using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing.Ledger;

/// <summary>September's 6.00 h x 95.00 = 570.00 are invoiced as HL-000090 and credited to be billed again.</summary>
public sealed class RestockingTests
{
    private static readonly ClientMonth September = new() { Lines = [Lines.Time()], References = [Records.Role("1", 95)] };
    private static readonly ClientMonth October = September with { Period = Period.Month(2024, 10) };
    private static readonly ClientMonth November = September with { Period = Period.Month(2024, 11) };
    private static readonly ClientMonth December = September with { Period = Period.Month(2024, 12) };

    private static readonly TimeEntry Six = Records.Time("1", 6);
    private static readonly TimeEntry Two = Records.Time("2", 2);

    [Fact]
    public void Release_WholeLine_IsBilledByTheNextCloseOnce()
    {
        var months = new MonthByMonth();
        var bill = months.Close(September, Six);
        months.Release(Of("CN-1", bill));

        var held = Assert.Single(months.Standing[0].Dispositions);
        Assert.Equal((DispositionKind.Held, Reason.Credited, Eur(570), 6m), (held.Kind, held.Reason, held.Value, held.Quantity.Hours));
        Assert.Empty(months.Standing[0].Lines);
        Assert.Equal(["6 570"], Shown(months.Close(October, Six)));
        Assert.Equal(DispositionKind.Billed, Assert.Single(months.Standing[0].Dispositions).Kind);
        Assert.Equal(["CN-1"], months.Standing[0].Restocked!);
        Assert.Empty(months.Close(November, Six).Invoices);

        // The same note once more changes nothing.
        months.Release(Of("CN-1", bill));
        Assert.Empty(months.Close(December, Six).Invoices);
    }

    [Fact]
    public void Release_WorkThatChangesMeanwhile_IsBilledAsItIsThen()
    {
        var months = new MonthByMonth();
        months.Release(Of("CN-1", months.Close(September, Six)));

        // 4.00 h of the same entry and 2.00 h more: 6.00 h x 95.00, in one line.
        Assert.Equal(["6 570"], Shown(months.Close(October, Six with { Hours = 4 }, Two)));
    }

    [Fact]
    public void Release_LineThatWasAdjustedSince_BillsWhatWasCredited()
    {
        var months = new MonthByMonth();
        var first = months.Close(September, Six);
        Assert.Equal(["-6 -570", "8 760"], Shown(months.Close(October, Six, Two)));
        months.Release(Of("CN-1", first));

        // 570.00 + 190.00 were billed and 570.00 credited: 190.00 stand, and 760.00 is what it comes to.
        Assert.Equal(190, months.Standing[0].Lines.Sum(line => line.Net.Amount));
        Assert.Equal(570, months.Close(November, Six, Two).Invoices.Single().Net.Amount);
        Assert.Empty(months.Close(December, Six, Two).Invoices);
    }

    [Fact]
    public void Release_AdjustingInvoice_BillsItsDifferenceAgain()
    {
        var months = new MonthByMonth();
        months.Close(September, Six);
        months.Release(Of("CN-1", months.Close(October, Six, Two)));

        // -570.00 and 760.00 were credited: 570.00 stand, as before October.
        Assert.Equal([570m], months.Standing[0].Lines.Select(line => line.Net.Amount));
        Assert.Equal(190, months.Close(November, Six, Two).Invoices.Single().Net.Amount);
        Assert.Empty(months.Close(December, Six, Two).Invoices);
    }

    [Fact]
    public void Release_OfNothingNew_LeavesTheStandingAsItIs()
    {
        var months = new MonthByMonth();
        months.Close(September, Six);
        var stands = months.Standing[0];

        Assert.Same(stands, Restocking.Of(stands, []));
        Assert.Equal(stands.InputsHash, (stands with { Restocked = null }).InputsHash);
        Assert.NotEqual(stands.InputsHash, (stands with { Restocked = ["CN-1"] }).InputsHash);
    }

    private static ReleasedLines Of(string id, ClientBill bill) => new(id, "Ann Lee, wrong project", [.. bill.Invoices.SelectMany(invoice => invoice.Lines)]);

    private static IEnumerable<string> Shown(ClientBill bill) => bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => !line.Amount.IsZero)
        .Select(line => FormattableString.Invariant($"{line.Quantity:0.##} {line.Net.Amount:0.##}"));
}
