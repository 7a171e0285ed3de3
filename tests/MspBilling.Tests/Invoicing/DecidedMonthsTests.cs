using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

/// <summary>September is invoiced as HL-000090; then somebody decides about what it holds, and October is closed.</summary>
public sealed class DecidedMonthsTests
{
    private static readonly ClientMonth September = new()
    {
        Lines = [Lines.Fee(), Lines.Time(), Lines.Additions(), Lines.Cloud()],
        Agreements = [Records.Agreement() with { MonthlyFee = 1000 }],
        Settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] },
        References = [Records.Role("1", 95), Records.Role("2", null)],
    };

    private static readonly TimeEntry Six = Records.Time("1", 6);
    private static readonly TimeEntry Open = Records.Time("2", 2) with { Status = "Open" };
    private static readonly TimeEntry Unpriced = Records.Time("3", 4, roleId: "2");

    [Fact]
    public void DecidedBeforeTheClose_IsBilledWithItsMonth() =>
        Assert.Equal(["Fee 1000", "8 760"], Shown(With(Decisions.Release(Open, Reason.UnapprovedTime)).Bill(Six, Open))); // (6.00 h + 2.00 h) x 95.00

    [Fact]
    public void ReleasedAfterTheInvoice_IsBilledWithTheNextOnceAndForAll()
    {
        var months = new MonthByMonth();
        Assert.Equal(["Fee 1000", "6 570"], Shown(months.Close(September, Six, Open)));
        var release = Decisions.Release(Open, Reason.UnapprovedTime);

        var october = months.Close(With(release) with { Period = Month(10) }, Six, Open);
        Assert.Equal(["Fee 1000", "-6 -570", "8 760"], Shown(october));
        Assert.All(Standing(october), d => Assert.Equal(DispositionKind.Billed, d.Kind));

        // The third looks at September and finds nothing.
        Assert.Equal(["Fee 1000"], Shown(months.Close(With(release) with { Period = Month(11) }, Six, Open)));
    }

    [Fact]
    public void ReleaseWithdrawnAfterItWasBilled_IsTakenBackWithTheNext()
    {
        var months = new MonthByMonth();
        var release = Decisions.Release(Open, Reason.UnapprovedTime);
        Assert.Equal(["Fee 1000", "8 760"], Shown(months.Close(With(release), Six, Open)));

        var october = months.Close(With(release, Decisions.Withdraw(release)) with { Period = Month(10) }, Six, Open);

        Assert.Equal(["Fee 1000", "-8 -760", "6 570"], Shown(october));
        Assert.Equal([DispositionKind.Billed, DispositionKind.Held], Standing(october).Select(d => d.Kind));
    }

    [Fact]
    public void WrittenOffAfterTheInvoice_GoesFromHeldToWrittenOffAndBillsNothing()
    {
        var months = new MonthByMonth();
        var bill = months.Close(September, Six, Unpriced);
        Assert.Equal([DispositionKind.Billed, DispositionKind.Held], bill.Dispositions.Select(d => d.Kind));
        var decision = Decisions.WriteOff(Unpriced, Reason.MissingRate) with { Value = Eur(380) };

        var october = months.Close(With(decision) with { Period = Month(10) }, Six, Unpriced);

        Assert.Equal(["Fee 1000"], Shown(october));
        Assert.Equal([(DispositionKind.Billed, null, 6m), (DispositionKind.WrittenOff, Eur(380), 4m)], Standing(october).Select(d => (d.Kind, (Core.Money?)d.Value, d.Quantity.Hours)));

        // A rate of 100.00 that is set in November fills no gap of what was given up.
        Assert.Equal(["Fee 1000"], Shown(months.Close(With(decision, Records.Role("2", 100)) with { Period = Month(11) }, Six, Unpriced)));
    }

    // 380.00 x ... without the write-off: 4.00 h x 100.00 = 400.00.
    [Fact]
    public void WriteOffWithdrawn_IsBilledWhenTheRateIsThere()
    {
        var months = new MonthByMonth();
        months.Close(September, Six, Unpriced);
        var decision = Decisions.WriteOff(Unpriced, Reason.MissingRate);
        months.Close(With(decision) with { Period = Month(10) }, Six, Unpriced);

        Assert.Equal(["Fee 1000", "4 400"], Shown(months.Close(With(decision, Decisions.Withdraw(decision), Records.Role("2", 100)) with { Period = Month(11) }, Six, Unpriced)));
    }

    // 100.00 of use was billed and comes to 80.00: held, until somebody credits it or gives the credit up.
    [Fact]
    public void LessThanBilled_Released_IsCredited()
    {
        var (months, less) = Fallen();

        var november = months.Close(With(Decisions.Release(less, Reason.LessThanBilled)) with { Period = Month(11) }, less);

        Assert.Equal(["Fee 1000", "-1 -100", "1 80"], Shown(november));
        Assert.Equal(DispositionKind.Billed, Assert.Single(Standing(november)).Kind);
        Assert.Equal(["Fee 1000"], Shown(months.Close(With(Decisions.Release(less, Reason.LessThanBilled)) with { Period = Month(12) }, less)));
    }

    [Fact]
    public void LessThanBilled_WrittenOff_IsNeverCredited()
    {
        var (months, less) = Fallen();
        var decided = With(Decisions.WriteOff(less, Reason.LessThanBilled));

        var november = months.Close(decided with { Period = Month(11) }, less);
        Assert.Equal(["Fee 1000"], Shown(november));
        Assert.Equal((DispositionKind.WrittenOff, Eur(-20)), (Assert.Single(Standing(november)).Kind, Standing(november)[0].Value!.Value));

        // Looked at once more, with more use of its own line beside it: the same.
        var december = months.Close(decided with { Period = Month(12) }, less);
        Assert.Equal(["Fee 1000"], Shown(december));
        Assert.Empty(december.Adjusted);
    }

    // Two records fell; one of them alone is no reason to credit the line.
    [Fact]
    public void LessThanBilled_ReleasedInPart_WaitsForTheRest()
    {
        var months = new MonthByMonth();
        var (first, second) = (Records.Usage("1", 100), Records.Usage("2", 50));
        months.Close(September, first, second);
        (first, second) = (first with { Cost = 80 }, second with { Cost = 40 });
        Assert.Equal(["Fee 1000"], Shown(months.Close(September with { Period = Month(10) }, first, second)));

        var one = Decisions.Release(first, Reason.LessThanBilled);
        Assert.Equal(["Fee 1000"], Shown(months.Close(With(one) with { Period = Month(11) }, first, second)));
        Assert.Equal(["Fee 1000", "-1 -150", "1 120"], Shown(months.Close(With(one, Decisions.Release(second, Reason.LessThanBilled)) with { Period = Month(12) }, first, second)));
    }

    // Between the decision and the next close the closed month itself, looked at again, tells what has become of it.
    [Fact]
    public void HeldLate_AfterADecision_IsWrittenOffOrWaitsForTheNextClose()
    {
        var bill = September.Bill(Six, Open, Unpriced) with { References = "kept" };
        var then = StandingPeriod.Of(bill, []);
        var decided = With(Decisions.Release(Open, Reason.UnapprovedTime), Decisions.WriteOff(Unpriced, Reason.MissingRate));
        var (now, problem) = Adjustments.Of(
            then, new BillName(September.Period, "bill"), Records.ClientId, [.. September.Directory.RecordsBehind(Records.ClientId)], [.. decided.Directory.RecordsBehind(Records.ClientId)], [Six, Open, Unpriced]);
        Assert.Null(problem);

        var stands = LateActivities.Dispositions(then, now!, Records.ClientId);

        Assert.Equal(
            [("1", DispositionKind.Billed, null), ("2", DispositionKind.Held, "late"), ("3", DispositionKind.WrittenOff, "written-off")],
            stands.OrderBy(d => d.Activity.ExternalId, StringComparer.Ordinal).Select(d => (d.Activity.ExternalId, d.Kind, d.Reason?.Code)));
        Assert.Empty(Conservation.Violations([Six, Open, Unpriced], stands));
    }

    [Fact]
    public void ReferencesThen_OfDecisions_AreThoseOfNow()
    {
        var (old, now) = (Decisions.Release(Open, Reason.UnapprovedTime), Decisions.WriteOff(Unpriced, Reason.MissingRate));

        Assert.Equal([now], ReferencesThen.FillGaps([Records.Settings, old], [Records.Settings, now]).OfType<Decision>());
        Assert.Equal(ReferencesThen.Serialize([Records.Settings]), ReferencesThen.Serialize([Records.Settings, now]));
    }

    private static (MonthByMonth Months, UsageRecord Less) Fallen()
    {
        var months = new MonthByMonth();
        var (usage, less) = (Records.Usage("1", 100), Records.Usage("1", 80));
        Assert.Equal(["Fee 1000", "1 100"], Shown(months.Close(September, usage)));
        var october = months.Close(September with { Period = Month(10) }, less);
        Assert.Equal(["Fee 1000"], Shown(october));
        Assert.Equal(Reason.LessThanBilled, Assert.Single(Standing(october)).Reason);
        return (months, less);
    }

    private static Period Month(int month) => Period.Month(2024, month);

    private static IReadOnlyList<Disposition> Standing(ClientBill bill) => Assert.Single(bill.Adjusted).Now.Dispositions;

    private static ClientMonth With(params IReadOnlyList<CapturedRecord> records) =>
        September with { References = [.. September.References.ExceptBy(records.Select(record => record.Id), record => record.Id), .. records] };

    private static IEnumerable<string> Shown(ClientBill bill) => bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => !line.Amount.IsZero)
        .Select(line => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(line.LineId == "fee" ? "Fee" : $"{line.Quantity:0.##}")} {line.Net.Amount:0.##}"));
}
