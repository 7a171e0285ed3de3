using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Reports;

/// <summary>September's ledger, read on 10 October; September was closed on 1 October.</summary>
public sealed class LeakLedgerTests
{
    private static readonly ClientMonth August = new()
    {
        Period = Period.Month(2024, 8),
        Lines = [Lines.Fee(), Lines.Time(), Lines.Additions()],
        Agreements = [Records.Agreement() with { MonthlyFee = 1000 }],
        References = [Records.Role("1", 95)],
    };

    private static readonly Addition Seats = Records.Addition("1", 12, 9);

    [Fact]
    public void HeldItem_HasItsAgeItsWorthAndWhatReleasesIt()
    {
        var item = Assert.Single(Ledger(September, Records.Time("1", 1.5m) with { Status = "Open" }).Items);

        // From 10 September, and from 1 October, to 10 October; 1.50 h x 95.00 = 142.50.
        Assert.Equal((30, 9, Eur(142.50m), "unapproved-time"), (item.AgeDays!.Value, item.HeldDays!.Value, item.Value!.Value, item.Reason));
        Assert.Equal(("It is billed without approval.", Reason.UnapprovedTime.Action), (item.Release, item.Action));
        Assert.Null(item.Decided);
    }

    [Fact]
    public void HeldItem_ThatIsDecided_SaysWhoAndWhatIsNext()
    {
        var time = Records.Time("1", 1.5m) with { Status = "Open" };
        var leaks = Case(September, time);

        var item = Assert.Single(LeakLedger.Of(leaks with { Decisions = [Decisions.Release(time, Reason.UnapprovedTime)] }).Items);
        Assert.Equal(("Ann Lee", "It is decided: close the next period, or 2024-09 again."), (item.Decided!.By, item.Action));

        var withdrawn = Decisions.Release(time, Reason.UnapprovedTime);
        Assert.Null(Assert.Single(LeakLedger.Of(leaks with { Decisions = [withdrawn, Decisions.Withdraw(withdrawn)] }).Items).Decided);
    }

    /// <summary>What has become of the 12 seats at 9.00 that August charged with 108.00.</summary>
    public static TheoryData<Addition?, string?> Seat => new()
    {
        { Seats, null },
        { Seats with { Quantity = 13 }, null },
        { Seats with { InForce = Days.Between("2024-01-01", "2024-09-01") }, null }, // it ended
        { null, "it is not stored for the client any more" },
        { Seats with { DeletedAt = Days.At("2024-09-05T09:00Z") }, "it was deleted in the PSA without an end" },
        { Seats with { Option = BillingOption.DoNotBill }, "it is marked as not to be billed and has no end" },
        { Seats with { UnitPrice = 0, UnitCost = 5 }, null }, // held at zero, and so in the list already
        { Seats with { LessIncluded = 12 }, "it has no end" },
    };

    [Theory]
    [MemberData(nameof(Seat), DisableDiscoveryEnumeration = true)]
    public void Recurring_ChargedLastMonthAndNotNow_IsAFindingUnlessItEnded(Addition? now, string? because)
    {
        var findings = Ledger(September, now is null ? [] : [now], Outcome(August, Seats)).Findings.Where(finding => finding.Kind == LeakKind.VanishedRecurring).ToList();

        if (because is null)
        {
            Assert.Empty(findings);
            return;
        }

        var finding = Assert.Single(findings);
        Assert.Equal($"Service 1 on Gold support: charged from 2024-08-01, not in 2024-09, and {because}", finding.What);
        Assert.Equal([new CurrencyValue(EUR, Eur(108))], finding.Worth);
    }

    // The fee was taken off the agreement, which has no end.
    [Theory]
    [InlineData(null, 1)]
    [InlineData(900, 0)]
    public void Fee_ThatIsChargedNoMore_IsAFinding(int? fee, int count)
    {
        var month = September with { Agreements = [Records.Agreement() with { MonthlyFee = fee }] };

        Assert.Equal(count, Ledger(month, [Seats], Outcome(August, Seats)).Findings.Count(finding => finding.Kind == LeakKind.VanishedRecurring));
    }

    [Fact]
    public void Fee_OfAnAgreementThatEnded_IsNoFinding()
    {
        var month = September with { Agreements = [Records.Agreement() with { MonthlyFee = 1000, Term = Days.Between("2024-01-01", "2024-09-01") }] };

        Assert.Empty(Ledger(month, [], Outcome(August)).Findings);
    }

    [Fact]
    public void WorkOnAnExpiredAgreement_IsAFinding()
    {
        var month = September with { Agreements = [Records.Agreement() with { Term = Days.Between("2024-01-01", "2024-09-10") }] };
        var ledger = Ledger(month, Records.Time("1", 2), Records.Time("2", 1.25m));
        Assert.Equal(["agreement-not-in-force", "agreement-not-in-force"], ledger.Items.Select(item => item.Reason));
        var finding = Assert.Single(ledger.Findings, f => f.Kind == LeakKind.ExpiredAgreement);

        // 3.25 h x 95.00 = 308.75.
        Assert.Equal(("3.25 h, 2 items on Gold support, in force from 2024-01-01 to 2024-09-09", 2, Eur(308.75m)), (finding.What, finding.Items, Assert.Single(finding.Worth).Value));
        Assert.Equal(Reason.AgreementNotInForce.Action, finding.Action);
    }

    [Fact]
    public void UseWithoutALine_IsAFinding()
    {
        var findings = Ledger(September, Records.Usage("1", 40), Records.Usage("2", 2.5m), Records.Count("3", 20)).Findings.Where(f => f.Kind == LeakKind.UnpricedUse).ToList();

        Assert.Equal(
            [("1 item. The client's agreements do not bill this count", 1, null), ("Usage: 2 items. No agreement in force prices this", 2, Eur(42.50m))],
            findings.Select(f => (f.What, f.Items, (Core.Money?)f.Worth.SingleOrDefault()?.Value)));
    }

    [Fact]
    public void ClientWithActivityAndNoInvoice_IsAFinding()
    {
        var month = September with { Agreements = [Records.Agreement()] };
        var finding = Assert.Single(Ledger(month, Records.Time("1", 2) with { Status = "Open" }).Findings, f => f.Kind == LeakKind.ActivityWithoutInvoice);

        Assert.Equal(("2.00 h, 1 item captured and no invoice", Eur(190), "Settle what is held of it, then close the period again."), (finding.What, Assert.Single(finding.Worth).Value, finding.Action));
        Assert.DoesNotContain(Ledger(month, Records.Time("1", 2) with { Option = BillingOption.DoNotBill }).Findings, f => f.Kind == LeakKind.ActivityWithoutInvoice);
    }

    [Fact]
    public void AgreementInForceThatBillsNothing_IsAFinding()
    {
        var month = September with { Agreements = [Records.Agreement() with { MonthlyFee = 1000 }, Records.Agreement("102", "Old support") with { TypeName = "None" }, Records.Agreement("103", "Over") with { Term = Days.Between("2023-01-01", "2024-01-01") }] };

        Assert.Equal(["Old support is in force and bills nothing: it has no prices"], Ledger(month).Findings.Where(f => f.Kind == LeakKind.SilentAgreement).Select(f => f.What));
    }

    // A quarterly line that is due with December bills nothing in September because nothing is due.
    [Theory]
    [InlineData("2024-01-01", 8, 0)]
    [InlineData("2024-01-01", 9, 1)]
    public void AgreementOfALongerCycle_IsSilentOnlyWhenItIsDue(string from, int month, int count)
    {
        var quarterly = September with
        {
            Period = Period.Month(2024, month),
            Lines = [Lines.Additions() with { CycleMonths = 3, Timing = BillingTiming.Arrears }],
            Agreements = [Records.Agreement() with { Term = Days.From(from) }],
        };

        Assert.Equal(count, Ledger(quarterly).Findings.Count(f => f.Kind == LeakKind.SilentAgreement));
    }

    [Fact]
    public void WrittenOff_IsAFindingByWhom()
    {
        var (first, second) = (Records.Time("1", 1) with { Status = "Open" }, Records.Time("2", 2) with { Status = "Open" });
        var withdrawn = Decisions.WriteOff(second, Reason.UnapprovedTime);
        var leaks = Case(September, first, second, Records.Time("3", 4) with { Option = BillingOption.WrittenOffElsewhere }) with
        {
            Decisions = [Decisions.WriteOff(first, Reason.UnapprovedTime) with { Hours = 1, Value = Eur(95) }, withdrawn, Decisions.Withdraw(withdrawn)],
        };

        Assert.Equal(["1.00 h, 1 item written off by Ann Lee: goodwill", "4.00 h, 1 item. Written off in the PSA"], LeakLedger.Of(leaks).Findings.Where(f => f.Kind == LeakKind.WrittenOff).Select(f => f.What));
    }

    [Fact]
    public void AnyOrderOfRows_GivesTheSameLedger()
    {
        var leaks = Case(September, Records.Usage("1", 40), Records.Usage("2", 40), Records.Time("1", 1) with { Status = "Open" }, Records.Time("2", 1) with { Status = "Open" }) with { Before = new Dictionary<int, IReadOnlyList<ClientOutcome>> { [1] = [Outcome(August, Seats)] } };
        var turned = leaks with { Holds = [.. leaks.Holds.Reverse()], Outcomes = [.. leaks.Outcomes.Reverse()] };

        Assert.Equal(RecordJson.Hash(RecordJson.Serialize(LeakLedger.Of(leaks))), RecordJson.Hash(RecordJson.Serialize(LeakLedger.Of(turned))));
    }

    private static ClientMonth September => August with { Period = Days.September };

    private static LeakLedger Ledger(ClientMonth month, params IReadOnlyList<Activity> activities) => Ledger(month, activities, null);

    private static LeakLedger Ledger(ClientMonth month, IReadOnlyList<Activity> activities, ClientOutcome? before)
    {
        var leaks = Case(month, activities);
        return LeakLedger.Of(before is null ? leaks : leaks with { Before = new Dictionary<int, IReadOnlyList<ClientOutcome>> { [1] = [before] }, Additions = [.. activities.OfType<Addition>()] });
    }

    private static LeakCase Case(ClientMonth month, params IReadOnlyList<Activity> activities)
    {
        var bill = month.Bill(activities);
        var outcome = Outcome(bill);
        return new LeakCase(month.Period, Days.On("2024-10-10"), [outcome], Hold.Of(outcome, bill.Dispositions, activities)) { ClosedOn = Days.On("2024-10-01"), Directory = month.Directory };
    }

    private static ClientOutcome Outcome(ClientMonth month, params IReadOnlyList<Activity> activities) => Outcome(month.Bill(activities));

    private static ClientOutcome Outcome(ClientBill bill) => ClientOutcome.Of(bill, bill.Problem is not null ? ClientState.Quarantined : bill.Invoices.Count > 0 ? ClientState.Issued : ClientState.NothingToInvoice, "hash", null);
}
