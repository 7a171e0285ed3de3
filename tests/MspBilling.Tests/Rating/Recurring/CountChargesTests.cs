using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class CountChargesTests
{
    private static RecurringLine Line(Aggregation aggregation = Aggregation.Max) => RecurringCase.Fee(5) with { Id = "counts", Description = null, Quantity = new CountQuantity(aggregation) };

    private static Count Mailboxes(string day, decimal quantity, string sku = "MBX", string? subject = null) => new()
    {
        Id = new RecordId("usage-api", RecordKind.Count, $"{day}-{sku}-{quantity}-{subject}"),
        CompanyId = Records.CompanyId,
        CompanyName = "Corrib Foods",
        Sku = sku,
        Description = sku == "MBX" ? "Mailboxes" : "Archives",
        Day = Days.On(day),
        Quantity = quantity,
        Subject = subject,
    };

    [Theory]
    // Counts of 40, 42 and 41 at 5.00 a month.
    [InlineData(Aggregation.Max, 210, "42 (largest of 3 counts) x 5.00 a month = 210.00.")]
    [InlineData(Aggregation.Last, 205, "41 (latest of 3 counts) x 5.00 a month = 205.00.")]
    [InlineData(Aggregation.Average, 205, "41 (average of 3 counts) x 5.00 a month = 205.00.")]
    [InlineData(Aggregation.Sum, 615, "123 (sum of 3 counts) x 5.00 a month = 615.00.")]
    public void Rate_Counts_AreBroughtToOneFigure(Aggregation aggregation, decimal expected, string sentence)
    {
        var rated = new RecurringCase(Line(aggregation)).Rate(Mailboxes("2024-09-01", 40), Mailboxes("2024-09-15", 42), Mailboxes("2024-09-30", 41));

        Assert.Equal((Eur(expected), sentence), (Assert.Single(rated.Lines).Amount, rated.Lines[0].Explanation.Sentence));
        Assert.Equal(("MBX", "Mailboxes"), (rated.Lines[0].Item, rated.Lines[0].Description));
        Assert.All(rated.Dispositions, d => Assert.Equal((DispositionKind.Billed, "Mailboxes"), (d.Kind, d.Detail)));
    }

    [Fact]
    public void Rate_SeveralSkus_AreLinesOfTheirOwn_UnlessTheLineIsDescribed()
    {
        Count[] counts = [Mailboxes("2024-09-01", 40), Mailboxes("2024-09-01", 7, "ARC")];

        Assert.Equal([Eur(35), Eur(200)], new RecurringCase(Line()).Rate(counts).Lines.Select(line => line.Amount));
        Assert.Equal([Eur(235)], new RecurringCase(Line(Aggregation.Sum) with { Description = "Boxes" }).Rate(counts).Lines.Select(line => line.Amount));
    }

    [Fact]
    public void Rate_QuarterInArrears_CountsAllOfItsMonths()
    {
        var given = new RecurringCase(Line() with { CycleMonths = 3, Prices = [new DatedPrice(15, Lines.Always)] });

        var july = given.Rate(Period.Month(2024, 7), Mailboxes("2024-07-31", 40));
        var august = (given with { Carried = july.Carried }).Rate(Period.Month(2024, 8), Mailboxes("2024-08-31", 45));
        var september = (given with { Carried = august.Carried }).Rate(Period.Month(2024, 9), Mailboxes("2024-09-30", 42));

        Assert.Empty(july.Lines.Concat(august.Lines));
        Assert.Equal((Reason.NotDue, Reason.NotDue), (Assert.Single(july.Dispositions).Reason, Assert.Single(august.Dispositions).Reason));
        Assert.Equal((1, 2, 0), (july.Carried.Readings.Count, august.Carried.Readings.Count, september.Carried.Readings.Count));
        Assert.Equal("45 (largest of 3 counts) x 15.00 a quarter = 675.00.", Assert.Single(september.Lines).Explanation.Sentence);
    }

    [Fact]
    public void Rate_QuarterWhoseLastMonthHasNoCounts_IsBilledFromWhatWasCarried()
    {
        var given = new RecurringCase(Line() with { CycleMonths = 3 });
        var august = given.Rate(Period.Month(2024, 8), Mailboxes("2024-08-31", 45));

        var line = Assert.Single((given with { Carried = august.Carried }).Rate(Period.Month(2024, 9)).Lines);

        Assert.Equal((Eur(225), "Mailboxes"), (line.Amount, line.Description));
    }

    [Fact]
    public void Rate_CycleFromTheFifteenth_LeavesTheLaterCountsToTheNext()
    {
        var given = new RecurringCase(Line() with { Anchor = Days.On("2024-01-15") });

        var september = given.Rate(Mailboxes("2024-09-10", 40), Mailboxes("2024-09-20", 60));
        var october = (given with { Carried = september.Carried }).Rate(Period.Month(2024, 10), Mailboxes("2024-10-10", 50));

        Assert.Equal(Eur(200), Assert.Single(september.Lines).Amount);
        Assert.Equal(Eur(300), Assert.Single(october.Lines).Amount);
        Assert.Equal([null, Reason.NotDue], september.Dispositions.Select(d => d.Reason));
    }

    [Fact]
    public void Rate_NewVersion_EachCountsItsDays()
    {
        var given = new RecurringCase(Line()) { Changes = [Days.On("2024-09-16")] };

        // 40 x 5.00 x 15/30 and 60 x 5.00 x 15/30
        Assert.Equal([Eur(100), Eur(150)], given.Rate(Mailboxes("2024-09-10", 40), Mailboxes("2024-09-20", 60)).Lines.Select(line => line.Amount));
    }

    [Theory]
    [InlineData("2025-01-01", "2024-01-01", "missing-price")]
    [InlineData("2024-01-01", "2024-10-01", "trial")]
    public void Rate_NoPriceOrATrial_IsNotBilled(string pricedFrom, string trialUntil, string reason)
    {
        var line = Line() with { Prices = [new DatedPrice(5, Days.From(pricedFrom))], Trial = new Trial(Days.On(trialUntil)) };

        Assert.Equal(reason, Assert.Single(new RecurringCase(line).Rate(Mailboxes("2024-09-10", 40)).Dispositions).Reason?.Code);
    }

    [Theory]
    [InlineData("2024-09-10", "40 (largest of 1 count) x 5.00 a month = 200.00.")] // the second version has nothing to count
    [InlineData("2024-09-10 2024-09-20", "40 (largest of 1 count) x 5.00 a month = 200.00.")] // both have, and one charges
    public void Rate_TwoVersionsThatChargeWhole_ChargeOnce(string days, string sentence)
    {
        var given = new RecurringCase(Line() with { Proration = Proration.None }) { Changes = [Days.On("2024-09-16")] };

        var rated = given.Rate([.. days.Split(' ').Select(day => Mailboxes(day, 40))]);

        Assert.Equal(sentence, Assert.Single(rated.Lines).Explanation.Sentence);
        Assert.All(rated.Dispositions, d => Assert.Equal(DispositionKind.Billed, d.Kind));
    }

    // The cycle to 17 September is left to no version for what is counted in the cycle after it.
    [Fact]
    public void Rate_CountOfTheNextCycle_LeavesTheCycleBeforeToTheVersionThatCountedIt()
    {
        var given = new RecurringCase(Line() with { Proration = Proration.None, Anchor = Days.On("2024-08-18") }) { Changes = [Days.On("2024-09-12")] };

        var rated = given.Rate(Mailboxes("2024-09-04", 40), Mailboxes("2024-09-23", 50));

        Assert.Equal("40 (largest of 1 count) x 5.00 a month = 200.00.", Assert.Single(rated.Lines).Explanation.Sentence);
        Assert.Equal([(DispositionKind.Billed, null), (DispositionKind.Covered, Reason.NotDue)], rated.Dispositions.Select(d => (d.Kind, d.Reason)));
    }

    [Fact]
    public void Rate_CycleThatALaterVersionChargesWhole_IsNotBilledBeforeItIsDue()
    {
        var given = new RecurringCase(Line() with { Proration = Proration.None, CycleMonths = 6 }) { Term = Days.From("2024-07-01"), Changes = [Days.On("2024-09-16")] };

        var rated = given.Rate(Mailboxes("2024-09-10", 40));

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.NotDue), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }

    [Fact]
    public void Rate_CycleInAdvance_IsNotLeftToAVersionThatCountsNothing()
    {
        var given = new RecurringCase(Line() with { Proration = Proration.None, CycleMonths = 3, Anchor = Days.On("2024-09-01"), Timing = BillingTiming.Advance }) { Changes = [Days.On("2024-09-16")] };

        Assert.Equal(Eur(200), Assert.Single(given.Rate(Mailboxes("2024-09-10", 40)).Lines).Amount); // 40 x 5.00 a quarter
    }
}
