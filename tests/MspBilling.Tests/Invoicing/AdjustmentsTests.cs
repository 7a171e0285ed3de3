using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

/// <summary>September is invoiced as HL-000090, October as HL-000100; then something comes, changes or goes.</summary>
public sealed class AdjustmentsTests
{
    private static readonly ClientMonth September = new()
    {
        Lines = [Lines.Fee(), Lines.Time(), Lines.Additions(), Lines.Cloud()],
        Agreements = [Records.Agreement() with { MonthlyFee = 1000 }],
        Settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] },
        References = [Records.Role("1", 95), Records.Role("2", null)],
    };

    private static readonly ClientMonth October = September with { Period = Period.Month(2024, 10) };
    private static readonly ClientMonth November = September with { Period = Period.Month(2024, 11) };

    private static readonly TimeEntry Six = Records.Time("1", 6);

    [Fact]
    public void Close_NothingNew_AdjustsNothing()
    {
        var bill = Second([Six, Records.Device("1")], [Six, Records.Device("1")]);

        Assert.Empty(bill.Adjusted);
        Assert.Equal(["Fee 1000"], Shown(bill)); // October's own
    }

    // Alga: "late-approved time after an invoice was generated must be handled through explicit finance actions".
    [Fact]
    public void Close_TimeApprovedAfterTheInvoice_IsBilledWithTheNext()
    {
        var open = Records.Time("2", 2) with { Status = "Open" };

        // (6.00 h + 2.00 h) x 95.00 = 760.00 for 570.00.
        Assert.Equal(["Fee 1000", "-6 -570", "8 760"], Shown(Second([Six, open], [Six, open with { Status = "Approved" }])));
    }

    [Fact]
    public void Close_TimeAddedLate_ReversesTheLineAndAddsTheNewOne()
    {
        // 6.00 h x 95.00 = 570.00 were billed; 8.00 h x 95.00 = 760.00.
        var bill = Second([Six], [Six, Records.Time("2", 2)]);

        Assert.Equal(["Fee 1000", "-6 -570", "8 760"], Shown(bill));
        Assert.Equal(Eur(1190), Assert.Single(bill.Invoices).Net);
        var lines = bill.Invoices[0].Lines.Where(line => line.Adjusts is not null).ToList();
        Assert.All(lines, line => Assert.Equal((new AdjustedInvoice("HL-000090", Days.September), Days.September), (line.Adjusts, line.ServicePeriod)));
        Assert.StartsWith("Adjustment of HL-000090 (2024-09): Takes back what was billed: ", lines[0].Explanation.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("Adjustment of HL-000090 (2024-09): ", lines[1].Explanation.Sentence, StringComparison.Ordinal);
        Assert.Contains("760.00", lines[1].Explanation.Sentence, StringComparison.Ordinal);
        Assert.Equal(-6, lines[0].Details.Sum(detail => detail.Quantity));
        Assert.Equal(8, lines[1].Details.Sum(detail => detail.Quantity));
        Assert.All(Assert.Single(bill.Adjusted).Now.Dispositions, d => Assert.Equal(DispositionKind.Billed, d.Kind));
    }

    [Fact]
    public void Close_HoursReduced_AreCredited()
    {
        // 4.00 h x 95.00 = 380.00 instead of 570.00.
        Assert.Equal(["Fee 1000", "-6 -570", "4 380"], Shown(Second([Six], [Six with { Hours = 4 }])));
    }

    [Fact]
    public void Close_EntryMovedAway_IsTakenBack() => Assert.Equal(["Fee 1000", "-6 -570"], Shown(Second([Six], [])));

    // Alga, defect 12: what was invoiced once stays marked as invoiced, and cannot be billed where it belongs.
    [Fact]
    public void Close_EntryMovedToTheNextMonth_IsTakenBackThereAndBilledHere() =>
        Assert.Equal(["Fee 1000", "6 570", "-6 -570"], Shown(Second([Six], [Six with { Start = Days.At("2024-10-10T09:00Z") }])));

    [Fact]
    public void Close_LateTimeThatCrossesTheIncludedHours_BillsWhatIsAbove()
    {
        var agreement = Records.Agreement() with { MonthlyFee = 1000, IncludedHours = 8 };

        // 10.00 h less 8.00 h included = 2.00 h x 95.00 = 190.00; the 6.00 h before cost nothing, and need not be taken back.
        var bill = Second([Six], [Six, Records.Time("2", 4, start: "2024-09-11T09:00Z")], September with { Agreements = [agreement] }, October with { Agreements = [agreement] });

        Assert.Equal(["Fee 1000", "2 190"], Shown(bill));
        var dispositions = Assert.Single(bill.Adjusted).Now.Dispositions;
        Assert.Equal(8, dispositions.Where(d => d.Kind == DispositionKind.Covered).Sum(d => d.Quantity.Hours));
        Assert.Equal(2, dispositions.Where(d => d.Kind == DispositionKind.Billed).Sum(d => d.Quantity.Hours));
    }

    [Fact]
    public void Close_LateTimeThatIsCovered_AsksForNothingAndIsSettled()
    {
        var agreement = Records.Agreement() with { MonthlyFee = 1000, IncludedHours = 8 };

        var bill = Second([Six], [Six, Records.Time("2", 2)], September with { Agreements = [agreement] }, October with { Agreements = [agreement] });

        Assert.Equal(["Fee 1000"], Shown(bill));
        Assert.Equal([(DispositionKind.Covered, 6m), (DispositionKind.Covered, 2m)], Assert.Single(bill.Adjusted).Now.Dispositions.Select(d => (d.Kind, d.Quantity.Hours)));
    }

    [Fact]
    public void Close_RateSetLater_BillsWhatWasHeldAndDoesNotPriceTheRestAgain()
    {
        var held = Records.Time("2", 1, roleId: "2");
        var rated = October with { References = [Records.Role("1", 105), Records.Role("2", 120)] };

        // 1.00 h x 120.00, the rate of now, as there was none; the 6.00 h stay at 95.00 though the role is at 105.00 now.
        var bill = Second([Six, held], [Six, held], September, rated);

        Assert.Equal(["Fee 1000", "1 120"], Shown(bill));
    }

    [Fact]
    public void Close_RateFilledByAnAdjustment_StandsInTheNext()
    {
        var held = Records.Time("2", 1, roleId: "2");
        var months = new MonthByMonth();
        months.Close(September, Six, held);
        months.Close(October with { References = [Records.Role("1", 95), Records.Role("2", 120)] }, Six, held);

        var bill = months.Close(November with { References = [Records.Role("1", 95), Records.Role("2", 130)] }, Six, held, Records.Time("3", 1, roleId: "2"));

        // 2.00 h x 120.00 = 240.00.
        Assert.Equal(["Fee 1000", "-1 -120", "2 240"], Shown(bill));
    }

    [Fact]
    public void Close_RateCardAndFeeChangedLater_DoNotPriceThePastAgain()
    {
        var bill = Second([Six], [Six], September, October with { References = [Records.Role("1", 105), Records.Role("2", null)], Agreements = [Records.Agreement() with { MonthlyFee = 1100 }] });

        Assert.Equal(["Fee 1100"], Shown(bill));
    }

    [Fact]
    public void Close_AdditionsQuantityEditedInPlace_HoldsFromTheNextBillOn()
    {
        var seats = Records.Addition("1", 10, 12.50m);

        var bill = Second([seats], [seats with { Quantity = 12 }]);

        // October: 12 x 12.50 = 150.00. September's 10 seats stay as they were billed.
        Assert.Equal(["Fee 1000", "12 150"], Shown(bill));
        Assert.Empty(bill.Adjusted);
    }

    [Fact]
    public void Close_AdditionThatSaysItWasThere_IsBilledForThePast()
    {
        var seats = Records.Addition("1", 2, 12.50m) with { InForce = Days.From("2024-09-16") };

        // 2 x 12.50 x 15/30 = 12.50 for September, 25.00 for October.
        Assert.Equal(["Fee 1000", "2 25", "2 12.5"], Shown(Second([], [seats])));
    }

    [Fact]
    public void Close_AdditionEndedInThePast_IsCreditedByItsDays()
    {
        var seats = Records.Addition("1", 10, 12.50m);

        // 15 of 30 days: 10 x 12.50 x 15/30 = 62.50.
        Assert.Equal(["Fee 1000", "-10 -125", "10 62.50"], Shown(Second([seats], [seats with { InForce = Days.Between("2024-01-01", "2024-09-16") }])));
    }

    [Fact]
    public void Close_DeviceSwitchedOffLater_StaysAsItWasCounted()
    {
        var month = September with { Lines = [Lines.Device("Server", 50)], Agreements = [Records.Agreement()] };
        var server = Records.Device("1");

        var bill = Second([server], [server with { IsActive = false }, Records.Device("2")], month, month with { Period = October.Period });

        // October counts what there is: one server, the second. September keeps the first.
        Assert.Equal(["1 50"], Shown(bill));
        Assert.Empty(bill.Adjusted);
    }

    [Fact]
    public void Close_DeviceInstalledInThePastMonth_IsBilledForIt()
    {
        var month = September with { Lines = [Lines.Device("Server", 50)], Agreements = [Records.Agreement()] };

        var bill = Second([], [Records.Device("1") with { InstalledOn = Days.On("2024-09-12") }], month, month with { Period = October.Period });

        // September had nothing to invoice, so there is no number to name.
        Assert.Equal(["1 50", "1 50"], Shown(bill));
        Assert.Equal(new AdjustedInvoice("", Days.September), bill.Invoices[0].Lines[1].Adjusts);
        Assert.StartsWith("Adjustment of 2024-09: ", bill.Invoices[0].Lines[1].Explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Close_TwiceInARow_ComparesWithWhatStandsByThen()
    {
        var months = new MonthByMonth();
        months.Close(September, Six);
        var second = months.Close(October, Six, Records.Time("2", 2));
        var third = months.Close(November, Six, Records.Time("2", 2), Records.Time("3", 1));

        // 570.00, then 760.00, then 9.00 h x 95.00 = 855.00: each difference is billed once.
        Assert.Equal(["Fee 1000", "-6 -570", "8 760"], Shown(second));
        Assert.Equal(["Fee 1000", "-8 -760", "9 855"], Shown(third));
        Assert.All(third.Invoices[0].Lines.Skip(1), line => Assert.Equal("HL-000090", line.Adjusts!.Number));
        Assert.Equal(new BillName(October.Period, "2024-10"), Assert.Single(third.Adjusted).ComparedWith);
        Assert.Empty(months.Close(September with { Period = Period.Month(2024, 12) }, Six, Records.Time("2", 2), Records.Time("3", 1)).Adjusted);
    }

    [Fact]
    public void Close_CreditsAboveTheCharges_HoldsTheInvoiceAndAdjustsNothing()
    {
        var free = September with { Agreements = [Records.Agreement()] };
        var bill = Second([Six], [Six with { Hours = 4 }], free, free with { Period = October.Period });

        Assert.Equal("The EUR invoice would be -190.00 EUR.", bill.Problem);
        Assert.Empty(bill.Adjusted);
        Assert.Empty(bill.Invoices);
    }

    [Fact]
    public void Close_UsageRestatedHigher_IsBilled()
    {
        var usage = Records.Usage("1", 100);

        Assert.Equal([-100m, 130m], Adjusting(Second([usage], [usage with { Cost = 130 }])));
    }

    [Fact]
    public void Close_UsageRestatedLower_IsHeldWithTheDifferenceAndStaysSo()
    {
        var (usage, other) = (Records.Usage("1", 100), Records.Usage("2", 40));
        var months = new MonthByMonth();
        months.Close(September, usage, other);
        var bill = months.Close(October, usage with { Cost = 80 }, other);

        Assert.Empty(Adjusting(bill));
        var held = Assert.Single(bill.Adjusted.Single().Now.Dispositions, d => d.Kind == DispositionKind.Held);
        Assert.Equal((Reason.LessThanBilled, usage.Id, Eur(-20), 80m), (held.Reason, held.Activity, held.Value, held.Quantity.Cost));
        Assert.Equal("Cloud was billed and comes to 20.00 EUR less now.", held.Detail);
        Assert.Empty(months.Close(November, usage with { Cost = 80 }, other).Adjusted);
        Assert.Equal([140m], months.Standing[0].Lines.Where(line => line.LineId == "cloud").Select(line => line.Net.Amount));

        // Restated once more, above what was billed: 110 + 40 - 140.
        var later = months.Close(September with { Period = Period.Month(2024, 12) }, usage with { Cost = 110 }, other);
        Assert.Equal([-140m, 150m], Adjusting(later));
    }

    [Fact]
    public void Close_UsageRestatedLowerWhereTheLineCreditsIt_IsCredited()
    {
        var month = September with { Lines = [Lines.Fee(), Lines.Cloud() with { CreditsLowerUse = true }] };
        var usage = Records.Usage("1", 100);

        Assert.Equal([-100m, 80m], Adjusting(Second([usage], [usage with { Cost = 80 }], month, month with { Period = October.Period })));
    }

    [Fact]
    public void Close_UsageMovedToAnotherClient_IsTakenBack() => Assert.Equal([-140m, 40m], Adjusting(Second([Records.Usage("1", 100), Records.Usage("2", 40)], [Records.Usage("2", 40)])));

    [Fact]
    public void Close_LateTimeDrawsFromTheRetainer_LaterPeriodsArePricedAgainAndTheBalanceIsCarriedOnce()
    {
        ClientMonth Month(int month) => September with
        {
            Period = Period.Month(2024, month),
            Agreements = [Records.Agreement() with { Term = Days.From("2024-09-01") }],
            Lines = [Lines.Time(), new RetainerLine { Id = "block", Service = "Support", Blocks = [new RetainerBlock(Days.On("2024-09-01"), 10)] }],
        };
        TimeEntry Entry(string id, decimal hours, int month) => Records.Time(id, hours, start: $"2024-{month:00}-10T09:00Z");

        // A block of 10.00 h: 6.00 h in September, 4.00 h of 5.00 h in October, whose last hour costs 95.00.
        var (september, october) = (Entry("1", 6, 9), Entry("2", 5, 10));
        var months = new MonthByMonth();
        Assert.Empty(months.Close(Month(9), september).Invoices);
        Assert.Equal(["1 95"], Shown(months.Close(Month(10), september, october)));

        // 3.00 h of September come late and take what October drew: October pays for 4.00 h, 380.00 instead of 95.00; nothing is left.
        var bill = months.Close(Month(11), september, october, Entry("3", 3, 9), Entry("4", 1, 11));
        Assert.Equal(["1 95", "-1 -95", "4 380"], Shown(bill));
        Assert.Equal([Days.September, October.Period], bill.Adjusted.Select(adjusted => adjusted.Now.Period));
        Assert.Empty(Adjusting(months.Close(Month(12), september, october, Entry("3", 3, 9), Entry("4", 1, 11))));
    }

    private static ClientBill Second(IReadOnlyList<Activity> before, IReadOnlyList<Activity> now, ClientMonth? september = null, ClientMonth? october = null)
    {
        var months = new MonthByMonth();
        months.Close(september ?? September, before);
        return months.Close(october ?? October, now);
    }

    // Quantity and net of each line; the fee by its name.
    private static IEnumerable<string> Shown(ClientBill bill) => bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => !line.Amount.IsZero)
        .Select(line => FormattableString.Invariant($"{(line.LineId == "fee" ? "Fee" : FormattableString.Invariant($"{line.Quantity:0.##}"))} {line.Net.Amount:0.##}").Replace("62.5", "62.50", StringComparison.Ordinal));

    private static IEnumerable<decimal> Adjusting(ClientBill bill) => bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => line.Adjusts is not null).Select(line => line.Net.Amount);
}
