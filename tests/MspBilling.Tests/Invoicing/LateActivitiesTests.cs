using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class LateActivitiesTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Time("Support", 0.25m, 0.25m)],
        References = [Records.Role("1", 95)],
    };

    private static readonly TimeEntry Invoiced = Records.Time("1", 1.50m);

    [Fact]
    public void Dispositions_ChangedEntry_HoldsTheDifference()
    {
        var late = Late(Invoiced with { Hours = 2.00m });

        Assert.Equal((Reason.Late, 0.50m, "Changed after the invoice was issued."), (late.Reason, late.Quantity.Hours, late.Detail));
    }

    [Fact]
    public void Dispositions_NewEntry_IsHeldWithItsWorth()
    {
        // 2.25 h x 95.00 = 213.75.
        var late = Late(Invoiced, Records.Time("2", 2.25m));

        Assert.Equal((Reason.Late, 2.25m, Eur(213.75m)), (late.Reason, late.Quantity.Hours, late.Value));
    }

    [Fact]
    public void Dispositions_NewEntryThatWouldNotBeBilled_IsJustThat()
    {
        Assert.Equal((DispositionKind.NonBillable, Reason.DoNotBill), Kind(Late(Invoiced, Records.Time("2", 1) with { Option = BillingOption.DoNotBill })));
        Assert.Equal((DispositionKind.Held, Reason.UnapprovedTime), Kind(Late(Invoiced, Records.Time("2", 1) with { Status = "Open" })));
    }

    [Fact]
    public void Dispositions_HeldEntryThatIsApprovedNow_IsLateWithItsWorthAndNotUnapprovedAnyMore()
    {
        var open = Records.Time("2", 1.00m) with { Status = "Open" };
        var issued = Month.Bill(Invoiced, open);
        IReadOnlyList<Activity> now = [Invoiced, open with { Status = "Approved" }];

        var held = Assert.Single(Held(Month, issued, now), d => d.Kind == DispositionKind.Held);

        Assert.Equal((Reason.Late, 1.00m, Eur(95), "Could be billed now, but the invoice was issued without it."), (held.Reason, held.Quantity.Hours, held.Value, held.Detail));
    }

    [Fact]
    public void Dispositions_HeldEntryWhoseRateIsSetNow_IsLateThoughItIsUnchanged()
    {
        var entry = Records.Time("2", 1.00m, roleId: "2");
        var issued = Month.Bill(Invoiced, entry);
        var rated = Month with { References = [.. Month.References, Records.Role("2", 120)] };

        var held = Assert.Single(Held(rated, issued, [Invoiced, entry]), d => d.Kind == DispositionKind.Held);

        Assert.Equal((Reason.Late, Eur(120)), (held.Reason, held.Value));
    }

    [Fact]
    public void Dispositions_HeldEntryThatIsGone_IsGone()
    {
        var open = Records.Time("2", 1.00m) with { Status = "Open" };

        Assert.DoesNotContain(Held(Month, Month.Bill(Invoiced, open), [Invoiced]), d => d.Activity == open.Id);
    }

    [Fact]
    public void Dispositions_EntryThatIsGone_IsHeldBelowZero() => Assert.Equal((Reason.Late, -1.50m), (Late().Reason, Late().Quantity.Hours));

    [Fact]
    public void Dispositions_NothingNew_AreThoseOfTheInvoice()
    {
        var issued = Month.Bill(Invoiced);

        Assert.Equal(issued.Dispositions, Held(Month, issued, [Invoiced]));
    }

    // What is new beside the disposition of the invoice, which stays as it was.
    private static Disposition Late(params IReadOnlyList<Activity> now)
    {
        var issued = Month.Bill(Invoiced);
        var dispositions = Held(Month, issued, now);

        Assert.Equal(issued.Dispositions[0], dispositions[0]);
        return Assert.Single(dispositions.Skip(1));
    }

    private static IReadOnlyList<Disposition> Held(ClientMonth current, ClientBill issued, IReadOnlyList<Activity> now)
    {
        var then = StandingPeriod.Of(issued with { References = "then" }, []);
        var (adjustment, _) = Adjustments.Of(
            then, new BillName(issued.Period, "issued"), Records.ClientId, [.. Month.Directory.RecordsBehind(Records.ClientId)], [.. current.Directory.RecordsBehind(Records.ClientId)], now);
        return LateActivities.Dispositions(then, adjustment!, Records.ClientId);
    }

    private static (DispositionKind Kind, Reason? Reason) Kind(Disposition disposition) => (disposition.Kind, disposition.Reason);
}
