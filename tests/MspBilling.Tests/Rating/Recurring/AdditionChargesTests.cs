using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class AdditionChargesTests
{
    private static readonly ClientMonth Month = new() { Lines = [Lines.Additions()] };

    [Theory]
    // Seats, price, from, to (first day after), amount.
    [InlineData(1, 26.40, "2024-09-14", null, 14.96, "1 x 26.40 a month x 17 of 30 days (2024-09-14 to 2024-09-30) = 14.96.")]
    [InlineData(42, 26.40, "2024-01-01", null, 1108.80, "42 x 26.40 a month = 1,108.80.")]
    [InlineData(1, 26.40, "2024-01-01", "2024-09-21", 17.60, "1 x 26.40 a month x 20 of 30 days (2024-09-01 to 2024-09-20) = 17.60.")]
    [InlineData(2, 26.40, "2024-09-14", "2024-09-21", 12.32, "2 x 26.40 a month x 7 of 30 days (2024-09-14 to 2024-09-20) = 12.32.")]
    [InlineData(3, 0.335, "2024-01-01", null, 1.01, "3 x 0.335 a month = 1.01.")] // 1.005
    [InlineData(2.5, 10, "2024-01-01", null, 25, "2.5 x 10.00 a month = 25.00.")]
    [InlineData(-1, 26.40, "2024-01-01", null, -26.40, "-1 x 26.40 a month = -26.40.")]
    [InlineData(1, -50, "2024-09-16", null, -25, "1 x -50.00 a month x 15 of 30 days (2024-09-16 to 2024-09-30) = -25.00.")]
    public void Rate_DaysInForce_PaysItsPart(decimal seats, decimal price, string start, string? end, decimal expected, string sentence)
    {
        var inForce = end is null ? Days.From(start) : Days.Between(start, end);

        var rated = Month.Rate(Records.Addition("1", seats, price) with { InForce = inForce });

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(expected), sentence), (line.Amount, line.Explanation.Sentence));
        Assert.Equal((inForce.Overlap(Days.September), "1", "SKU-1", "unit", "Service 1"), (line.ServicePeriod, line.Item, line.Sku, line.Unit, line.Description));
        Assert.Equal((DispositionKind.Billed, seats, "Service 1"), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Quantity.Units, rated.Dispositions[0].Detail));
    }

    [Fact]
    public void Rate_NotProrated_IsChargedWhole()
    {
        var seat = Records.Addition("1", 1, 26.40m) with { Prorate = false, InForce = Days.Between("2024-09-30", "2024-11-01") };

        var line = Assert.Single(Month.Rate(seat).Lines);

        Assert.Equal((Eur(26.40m), Days.Between("2024-09-30", "2024-10-01")), (line.Amount, line.ServicePeriod));
    }

    [Fact]
    public void Rate_AgreementShorterThanTheAddition_PaysTheDaysOfBoth()
    {
        var agreement = Records.Agreement() with { Term = Days.Between("2024-09-11", "2024-09-26") };
        var seat = Records.Addition("1", 1, 30) with { InForce = Days.Between("2024-01-01", "2024-09-21") };

        Assert.Equal(Eur(10), Assert.Single((Month with { Agreements = [agreement] }).Rate(seat).Lines).Amount); // the 11th to the 20th
    }

    [Theory]
    // Quantity, less included, billed units, amount at 10.00.
    [InlineData(42, 40, 2, 20, "42 less 40 included = 2 x 10.00 a month = 20.00.")]
    [InlineData(5, 0, 5, 50, "5 x 10.00 a month = 50.00.")]
    [InlineData(5, 5, 0, 0, "5 less 5 included = 0 x 10.00 a month = 0.00.")]
    [InlineData(5, 8, 0, 0, "5 less 5 included = 0 x 10.00 a month = 0.00.")]
    [InlineData(5, -2, 5, 50, "5 x 10.00 a month = 50.00.")]
    public void Rate_LessIncluded_CoversThem(decimal quantity, decimal lessIncluded, decimal billed, decimal amount, string sentence)
    {
        var rated = Month.Rate(Records.Addition("1", quantity, 10) with { LessIncluded = lessIncluded, UnitCost = 7 });

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(amount), billed, sentence), (line.Amount, line.Quantity, line.Explanation.Sentence));
        Assert.Equal(billed * 7, rated.Dispositions.Where(d => d.Kind == DispositionKind.Billed).Sum(d => d.Quantity.Cost));
        Assert.Equal(quantity - billed, rated.Dispositions.Where(d => d.Reason == Reason.IncludedUnits).Sum(d => d.Quantity.Units));
        Assert.Equal(billed > 0, rated.Dispositions.Any(d => d.Kind == DispositionKind.Billed));
    }

    [Fact]
    public void Rate_ZeroPriceWithACost_IsHeld()
    {
        var rated = Month.Rate(Records.Addition("1", 3, 0) with { UnitCost = 4.2m });

        Assert.Empty(rated.Lines);
        var held = Assert.Single(rated.Dispositions);
        Assert.Equal((DispositionKind.Held, Reason.ZeroPrice, "Service 1: costs 4.20 each."), (held.Kind, held.Reason, held.Detail));
    }

    [Fact]
    public void Rate_ZeroPriceWithoutACost_IsBilledAtZero()
    {
        var rated = Month.Rate(Records.Addition("1", 3, 0));

        Assert.Equal(Eur(0), Assert.Single(rated.Lines).Amount);
        Assert.Equal(DispositionKind.Billed, Assert.Single(rated.Dispositions).Kind);
    }

    [Theory]
    [InlineData(BillingOption.NoCharge, "no-charge")]
    [InlineData(BillingOption.DoNotBill, "do-not-bill")]
    public void Rate_Marked_IsNotBilled(BillingOption option, string reason)
    {
        var rated = Month.Rate(Records.Addition("1", 3, 10) with { Option = option });

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.NonBillable, reason), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason!.Code));
    }

    [Theory]
    [InlineData("2024-01-01", "2024-09-01", 0)] // ended with August
    [InlineData("2024-01-01", "2024-09-02", 1)]
    [InlineData("2024-09-30", "2024-10-01", 1)]
    [InlineData("2024-10-01", "2024-11-01", 0)]
    public void Bill_InForceOnNoDay_IsNotOfThePeriod(string start, string end, int counted) =>
        Assert.Equal(counted, Month.Bill(Records.Addition("1", 1, 26.40m) with { InForce = Days.Between(start, end) }).Dispositions.Count);

    [Theory]
    // Advance, billed month, days of the addition, what becomes of it, amount: a quarter costs 3 x 26.40 = 79.20.
    [InlineData(false, 7, "2024-01-01", null, "Covered", null)]
    [InlineData(false, 8, "2024-01-01", null, "Covered", null)]
    [InlineData(false, 9, "2024-01-01", null, "Billed", 79.20)]
    [InlineData(false, 9, "2024-01-01", "2024-07-21", "Billed", 17.22)] // it ended two months ago; 79.20 x 20/92 = 17.217
    [InlineData(false, 8, "2024-01-01", "2024-07-21", "", null)]
    [InlineData(false, 7, "2024-01-01", "2024-07-21", "Covered", null)]
    [InlineData(false, 9, "2024-01-01", "2024-07-01", "", null)] // of the quarter before
    [InlineData(false, 9, "2024-09-16", null, "Billed", 12.91)] // 79.20 x 15/92 = 12.913
    [InlineData(true, 7, "2024-01-01", null, "Billed", 79.20)]
    [InlineData(true, 7, "2024-08-10", null, "Billed", 44.77)] // known in July: 79.20 x 52/92 = 44.765
    [InlineData(true, 8, "2024-01-01", null, "Covered", null)]
    [InlineData(true, 7, "2024-10-01", null, "", null)]
    public void Bill_QuarterlyLine_SeesTheWholeQuarterWhenItIsDue(bool advance, int month, string start, string? end, string kind, double? expected)
    {
        var line = Lines.Additions() with { CycleMonths = 3, Timing = advance ? BillingTiming.Advance : BillingTiming.Arrears };
        var seat = Records.Addition("1", 1, 26.40m) with { InForce = end is null ? Days.From(start) : Days.Between(start, end) };

        var bill = (Month with { Lines = [line], Period = Period.Month(2024, month) }).Bill(seat);

        Assert.Null(bill.Problem);
        Assert.Equal(kind, string.Join(' ', bill.Dispositions.Select(d => d.Kind)));
        Assert.All(bill.Dispositions, d => Assert.Equal(d.Kind == DispositionKind.Covered ? Reason.NotDue : null, d.Reason));
        Assert.Equal((decimal?)expected, bill.Invoices.SelectMany(invoice => invoice.Lines).SingleOrDefault()?.Amount.Amount);
    }

    [Theory]
    // Prorates, days of the addition, amounts at 30.00 a month with a new version from 11 September.
    [InlineData(true, "2024-01-01", null, "10.00 20.00")]
    [InlineData(true, "2024-01-01", "2024-09-06", "5.00")]
    [InlineData(true, "2024-09-21", null, "10.00")]
    [InlineData(false, "2024-01-01", null, "30.00")] // the last part alone
    [InlineData(false, "2024-01-01", "2024-09-06", "30.00")]
    [InlineData(false, "2024-09-21", null, "30.00")]
    public void Rate_NewVersion_EachPricesItsDays(bool prorate, string start, string? end, string expected)
    {
        var seat = Records.Addition("1", 1, 30) with { Prorate = prorate, InForce = end is null ? Days.From(start) : Days.Between(start, end) };

        var rated = new RecurringCase(Lines.Additions()) { Changes = [Days.On("2024-09-11")] }.Rate(seat);

        Assert.Equal(expected, string.Join(' ', rated.Lines.Select(line => FormattableString.Invariant($"{line.Amount.Amount}"))));
        Assert.Equal(DispositionKind.Billed, Assert.Single(rated.Dispositions).Kind);
    }

    [Theory]
    [InlineData("2024-01-01", 90, "Billed", null, "10 x 9.00 a month = 90.00.")] // the line's price, not the addition's
    [InlineData("2024-09-16", null, "Held", "missing-price", null)]
    [InlineData("2025-01-01", null, "Held", "missing-price", null)]
    public void Rate_LineWithPrices_TakesThemOrHolds(string from, int? amount, string kind, string? reason, string? sentence)
    {
        var rated = new RecurringCase(Lines.Additions() with { Prices = [new DatedPrice(9, Days.From(from))] }).Rate(Records.Addition("1", 10, 7) with { UnitCost = 3 });

        var line = rated.Lines.SingleOrDefault();
        Assert.Equal((amount, sentence), ((int?)line?.Amount.Amount, line?.Explanation.Sentence));
        Assert.Equal((kind, reason), (Assert.Single(rated.Dispositions).Kind.ToString(), rated.Dispositions[0].Reason?.Code));
    }

    [Theory]
    [InlineData("2024-10-01", "Covered", 0, "10 x 7.00 a month x 0 % (free trial to 2024-09-30) = 0.00.")]
    [InlineData("2024-09-16", "Billed", 35, "10 x 7.00 x 0 % (free trial to 2024-09-15) x 15/30 days + 10 x 7.00 x 15/30 days = 35.00.")]
    public void Rate_Trial_CoversWhatIsFree(string until, string kind, decimal amount, string sentence)
    {
        var rated = new RecurringCase(Lines.Additions() with { Trial = new Trial(Days.On(until)) }).Rate(Records.Addition("1", 10, 7));

        Assert.Equal((Eur(amount), sentence), (Assert.Single(rated.Lines).Amount, rated.Lines[0].Explanation.Sentence));
        Assert.Equal((kind, kind == "Covered" ? Reason.Trial : null), (Assert.Single(rated.Dispositions).Kind.ToString(), rated.Dispositions[0].Reason));
    }

    [Fact]
    public void Rate_IncludedAndAPriceChange_TellHowTheQuantityCame()
    {
        var line = Lines.Additions() with { Prices = [new DatedPrice(9, Days.Between("2024-01-01", "2024-09-16")), new DatedPrice(11, Days.From("2024-09-16"))] };

        Assert.Equal(
            "10 less 2 included = 8: 8 x 9.00 x 15/30 days + 8 x 11.00 x 15/30 days = 80.00.",
            Assert.Single(new RecurringCase(line).Rate(Records.Addition("1", 10, 7) with { LessIncluded = 2 }).Lines).Explanation.Sentence);
    }

    [Fact]
    public void Rate_CustomRule_ChangesThePriceOnALineOfItsOwn()
    {
        var rules = new[] { new CustomRule("vip", "VIP price", Lines.Always, new ActivityMatch { Skus = ["SKU-1"] }, new MultiplyPrice(0.5m)) };

        var lines = new RecurringCase(Lines.Additions()) { Rules = rules }.Rate(Records.Addition("1", 10, 26.40m), Records.Addition("2", 1, 8)).Lines;

        Assert.Equal(["10 x 13.20 a month = 132.00. By VIP price.", "1 x 8.00 a month = 8.00."], lines.Select(line => line.Explanation.Sentence));
        Assert.Equal(["vip"], lines[0].Rules);
        Assert.Equal(("1@vip", "2"), (lines[0].Item, lines[1].Item));
        Assert.Null(lines[1].Rules);
    }

    [Fact]
    public void Rate_CycleThatALaterVersionChargesWhole_IsNotBilledBeforeItIsDue()
    {
        // A half-year at 6 x 7.00 = 42.00 each, of which the first version has 76 days; the second charges the whole with December.
        var given = new RecurringCase(Lines.Additions() with { CycleMonths = 6, Proration = Proration.None }) { Term = Days.From("2024-07-01"), Changes = [Days.On("2024-09-15")] };

        var september = given.Rate(Records.Addition("1", 10, 7));
        Assert.Empty(september.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.NotDue), (Assert.Single(september.Dispositions).Kind, september.Dispositions[0].Reason));

        var december = given.Rate(Period.Month(2024, 12), Records.Addition("1", 10, 7));
        Assert.Equal((Eur(420), DispositionKind.Billed), (Assert.Single(december.Lines).Amount, Assert.Single(december.Dispositions).Kind));
    }
}
