using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class RecurringChargesTests
{
    private static readonly ClientMonth Month = new() { Lines = [Lines.Fee()] };

    [Theory]
    [InlineData(2400, true, "2024-09-12", null, 1520, "2,400.00 a month x 19 of 30 days (2024-09-12 to 2024-09-30) = 1,520.00.")]
    [InlineData(2400, true, "2024-09-01", null, 2400, "2,400.00 a month for 2024-09.")]
    [InlineData(2400, true, "2024-01-01", "2024-09-21", 1600, "2,400.00 a month x 20 of 30 days (2024-09-01 to 2024-09-20) = 1,600.00.")]
    [InlineData(2400, true, "2024-09-30", null, 80, "2,400.00 a month x 1 of 30 days (2024-09-30 to 2024-09-30) = 80.00.")]
    [InlineData(99.99, true, "2024-09-17", null, 46.66, "99.99 a month x 14 of 30 days (2024-09-17 to 2024-09-30) = 46.66.")] // 46.662
    [InlineData(2400, false, "2024-09-12", null, 2400, "2,400.00 a month for 2024-09.")]
    [InlineData(0.335, true, "2024-01-01", null, 0.34, "0.335 a month = 0.34.")]
    public void Rate_PsaFee_PaysItsDaysInForce(decimal fee, bool prorate, string start, string? end, decimal expected, string sentence)
    {
        var term = end is null ? Days.From(start) : Days.Between(start, end);

        var line = Assert.Single((Month with { Agreements = [Records.Agreement() with { MonthlyFee = fee, Prorate = prorate, Term = term }] }).Rate().Lines);

        Assert.Equal(Eur(expected), line.Amount);
        Assert.Equal(("RecurringCharges", sentence), (line.Explanation.Rule, line.Explanation.Sentence));
        Assert.Equal(("Managed services", "Monthly fee: Gold support", 1m, "month"), (line.Service, line.Description, line.Quantity, line.Unit));
        Assert.Equal(term.Overlap(Days.September), line.ServicePeriod);
    }

    [Theory]
    [InlineData("Monthly", "2024-09", 2400, "2,400.00 a month for 2024-09.")]
    [InlineData("Quarterly", "2024-09", 2400, "2,400.00 a quarter for 2024-07-01 to 2024-09-30.")]
    [InlineData("Semi-Annual", "2024-12", 2400, "2,400.00 a half-year for 2024-07-01 to 2024-12-31.")]
    [InlineData("Annual", "2024-12", 2400, "2,400.00 a year for 2024-01-01 to 2024-12-31.")]
    [InlineData("Quarterly", "2024-08", null, null)]
    [InlineData("Annual", "2024-11", null, null)]
    public void Rate_PsaCycle_IsBilledWhenItIsDue(string cycle, string month, int? expected, string? sentence)
    {
        Assert.True(Period.TryParseMonth(month, out var period));

        var line = (Month with { Period = period, Agreements = [Records.Agreement() with { MonthlyFee = 2400, BillingCycle = cycle }] }).Rate().Lines.SingleOrDefault();

        Assert.Equal((expected, sentence), ((int?)line?.Amount.Amount, line?.Explanation.Sentence));
    }

    [Theory]
    [InlineData(2024, 2, "2024-02-29", 82.76)] // 2,400 / 29 = 82.7586
    [InlineData(2023, 2, "2023-02-28", 85.71)] // 2,400 / 28 = 85.7142
    [InlineData(2024, 12, "2024-12-31", 77.42)] // 2,400 / 31 = 77.4193
    public void Rate_LastDayOfAMonth_CountsThatMonthsDays(int year, int month, string start, decimal expected)
    {
        var agreement = Records.Agreement() with { MonthlyFee = 2400, Term = Days.From(start) };

        Assert.Equal(Eur(expected), Assert.Single((Month with { Period = Period.Month(year, month), Agreements = [agreement] }).Rate().Lines).Amount);
    }

    [Fact]
    public void Rate_AgreementReplacedMidMonth_PaysBothParts()
    {
        var old = Records.Agreement("101") with { MonthlyFee = 2200, Term = Days.Between("2024-01-01", "2024-09-16") };
        var next = Records.Agreement("102") with { MonthlyFee = 2480, Term = Days.From("2024-09-16") };

        // 2,200 x 15/30 and 2,480 x 15/30.
        Assert.Equal([Eur(1100), Eur(1240)], (Month with { Agreements = [next, old] }).Rate().Lines.Select(line => line.Amount));
    }

    [Theory]
    [InlineData(null, "2024-01-01", "2025-01-01")]
    [InlineData(0, "2024-01-01", "2025-01-01")]
    [InlineData(2400, "2024-01-01", "2024-09-01")]
    [InlineData(2400, "2024-10-01", "2025-01-01")]
    public void Bill_NoFeeOrNotInForce_HasNoLineAndNoProblem(int? fee, string start, string end)
    {
        var bill = (Month with { Agreements = [Records.Agreement() with { MonthlyFee = fee, Term = Days.Between(start, end) }] }).Bill();

        Assert.Empty(bill.Invoices);
        Assert.Null(bill.Problem);
    }

    [Fact]
    public void Rate_TheMspItself_IsNotBilled() => Assert.Empty(
        (Month with { Company = Records.Company() with { IsInternal = true }, Agreements = [Records.Agreement() with { MonthlyFee = 2400 }] }).Rate().Lines);

    [Theory]
    [InlineData("JPY", 300001, "300,001 a month x 10 of 30 days (2024-09-21 to 2024-09-30) = 100,000.", 100000)] // 100,000.33
    [InlineData("JPY", 300002, "300,002 a month x 10 of 30 days (2024-09-21 to 2024-09-30) = 100,001.", 100001)] // 100,000.67
    [InlineData("KWD", 100.5, "100.500 a month x 10 of 30 days (2024-09-21 to 2024-09-30) = 33.500.", 33.5)]
    public void Rate_OtherPlaces_AreExplainedInThem(string code, decimal fee, string sentence, decimal expected)
    {
        var line = Assert.Single((Month with { Agreements = [Records.Agreement() with { MonthlyFee = fee, CurrencyName = code, Term = Days.From("2024-09-21") }] }).Rate().Lines);

        Assert.Equal((sentence, expected), (line.Explanation.Sentence, line.Amount.Amount));
    }

    [Fact]
    public void Rate_FeeThatComesToNothing_HasNoLine() => Assert.Empty(
        (Month with { Agreements = [Records.Agreement() with { MonthlyFee = 0.001m, CurrencyName = "KWD", Term = Days.From("2024-09-21") }] }).Rate().Lines); // 0.000333

    [Theory]
    // Steps of the quantity at 5.00, amount, sentence.
    [InlineData("2024-01-01 10", 50, "10 seats x 5.00 a month = 50.00.")]
    [InlineData("2024-01-01 1", 5, "1 seat x 5.00 a month = 5.00.")]
    [InlineData("2024-01-01 2.5", 12.50, "2.5 seats x 5.00 a month = 12.50.")]
    [InlineData("2024-01-01 10, 2024-09-15 12", 55.33, "10 seats x 5.00 x 14/30 days + 12 seats x 5.00 x 16/30 days = 55.33.")] // 23.333 + 32
    [InlineData("2024-01-01 12, 2024-09-15 10", 54.67, "12 seats x 5.00 x 14/30 days + 10 seats x 5.00 x 16/30 days = 54.67.")] // 28 + 26.667
    [InlineData("2024-01-01 10, 2024-09-10 12, 2024-09-20 8", 49.67, "10 seats x 5.00 x 9/30 days + 12 seats x 5.00 x 10/30 days + 8 seats x 5.00 x 11/30 days = 49.67.")] // 15 + 20 + 14.667
    [InlineData("2024-09-21 3", 5, "3 seats x 5.00 a month x 10 of 30 days (2024-09-21 to 2024-09-30) = 5.00.")]
    [InlineData("2024-01-01 3, 2024-09-11 0", 5, "3 seats x 5.00 a month x 10 of 30 days (2024-09-01 to 2024-09-10) = 5.00.")]
    [InlineData("2024-01-01 3, 2024-09-11 0, 2024-09-21 6", 15, "3 seats x 5.00 x 10/30 days + 6 seats x 5.00 x 10/30 days = 15.00.")]
    [InlineData("2024-01-01 10, 2024-09-01 12", 60, "12 seats x 5.00 a month = 60.00.")] // on the first day of the cycle
    [InlineData("2024-01-01 10, 2024-10-01 12", 50, "10 seats x 5.00 a month = 50.00.")] // on the first day after it
    [InlineData("2024-01-01 10, 2024-09-30 40", 55, "10 seats x 5.00 x 29/30 days + 40 seats x 5.00 x 1/30 days = 55.00.")] // 48.333 + 6.667
    [InlineData("2024-01-01 10, 2024-09-11 10", 50, "10 seats x 5.00 a month = 50.00.")] // no change at all
    public void Rate_AgreedQuantity_PaysEachStepsDays(string steps, decimal expected, string sentence)
    {
        var line = Assert.Single(new RecurringCase(RecurringCase.Seats(steps)).Rate().Lines);

        Assert.Equal((Eur(expected), sentence, "Seats", "seat"), (line.Amount, line.Explanation.Sentence, line.Description, line.Unit));
    }

    [Theory]
    [InlineData("2024-10-01 10")]
    [InlineData("2024-01-01 0")]
    public void Rate_NoQuantityYetOrNoMore_HasNoLine(string steps) => Assert.Empty(new RecurringCase(RecurringCase.Seats(steps)).Rate().Lines);

    [Fact]
    public void Rate_QuantityChange_HasEachSegmentAsFigures()
    {
        var line = Assert.Single(new RecurringCase(RecurringCase.Seats("2024-01-01 10, 2024-09-15 12")).Rate().Lines);

        Assert.Equal(
            ["quantity 10 seat", "unitPrice 5 EUR", "days 14 days", "cycleDays 30 days", "quantity 12 seat", "unitPrice 5 EUR", "days 16 days", "cycleDays 30 days", "amount 55.33 EUR"],
            line.Explanation.Figures.Select(figure => FormattableString.Invariant($"{figure.Name} {figure.Value} {figure.Unit}")));
        Assert.Equal((12m, 5m, Days.September), (line.Quantity, line.UnitPrice.Amount, line.ServicePeriod));
    }

    [Theory]
    // Proration, steps, period, amount: at 5.00 a month.
    [InlineData(Proration.None, "2024-01-01 10, 2024-09-15 12", "2024-09", 60)] // as on the last day
    [InlineData(Proration.None, "2024-09-30 12", "2024-09", 60)]
    [InlineData(Proration.None, "2024-01-01 10, 2024-09-15 0", "2024-09", 50)] // touched, and so whole
    [InlineData(Proration.ThirtyDays, "2024-01-01 10, 2024-12-15 12", "2024-12", 55.33)] // 14/30 and 16/30 of a month of 31 days
    [InlineData(Proration.ThirtyDays, "2024-02-15 12", "2024-02", 32)] // 16/30
    [InlineData(Proration.ThirtyDays, "2024-12-31 12", "2024-12", 2)] // 1/30
    [InlineData(Proration.ThirtyDays, "2024-01-01 12, 2024-12-31 0", "2024-12", 58)] // 29/30: the 30th and the 31st are one day
    [InlineData(Proration.ActualDays, "2024-01-01 10, 2024-12-15 12", "2024-12", 55.48)] // 50 x 14/31 + 60 x 17/31 = 22.581 + 32.903
    public void Rate_OtherProrations_ShareTheCycleTheirWay(Proration proration, string steps, string month, decimal expected)
    {
        Assert.True(Period.TryParseMonth(month, out var period));

        Assert.Equal(Eur(expected), Assert.Single(new RecurringCase(RecurringCase.Seats(steps) with { Proration = proration }).Rate(period).Lines).Amount);
    }

    [Theory]
    [InlineData("2024-09-16", 2500, "2,400.00 x 15/30 days + 2,600.00 x 15/30 days = 2,500.00.")]
    [InlineData("2024-09-01", 2600, "2,600.00 a month for 2024-09.")]
    [InlineData("2024-10-01", 2400, "2,400.00 a month for 2024-09.")]
    [InlineData("2024-09-30", 2406.67, "2,400.00 x 29/30 days + 2,600.00 x 1/30 days = 2,406.67.")] // 2,320 + 86.667
    public void Rate_PriceChange_PaysEachPricesDays(string from, decimal expected, string sentence)
    {
        var line = RecurringCase.Fee() with { Prices = [new DatedPrice(2400, new Period(DateOnly.MinValue, Days.On(from))), new DatedPrice(2600, Days.From(from))] };

        var rated = Assert.Single(new RecurringCase(line).Rate().Lines);

        Assert.Equal((Eur(expected), sentence), (rated.Amount, rated.Explanation.Sentence));
    }

    [Fact]
    public void Rate_QuantityAndPriceChange_AreThreeStretches()
    {
        var line = RecurringCase.Seats("2024-01-01 10, 2024-09-21 12") with { Prices = [new DatedPrice(5, Days.Between("2024-01-01", "2024-09-11")), new DatedPrice(6, Days.From("2024-09-11"))] };

        // 16.667 + 20 + 24
        Assert.Equal(
            "10 seats x 5.00 x 10/30 days + 10 seats x 6.00 x 10/30 days + 12 seats x 6.00 x 10/30 days = 60.67.", Assert.Single(new RecurringCase(line).Rate().Lines).Explanation.Sentence);
    }

    [Theory]
    [InlineData("2024-09-11", 2464, "2,400.00 x 10/30 days + 2,496.00 x 20/30 days = 2,464.00. The price changes by 4 % each year from 2024-09-11.")] // 800 + 1,664
    [InlineData("2024-09-01", 2496, "2,496.00 a month for 2024-09.")]
    [InlineData("2023-09-01", 2595.84, "2,595.84 a month for 2024-09.")]
    [InlineData("2024-10-01", 2400, "2,400.00 a month for 2024-09.")]
    public void Rate_Uplift_PaysEachPricesDays(string from, decimal expected, string sentence)
    {
        var rated = Assert.Single(new RecurringCase(RecurringCase.Fee() with { Uplift = new Uplift(Days.On(from), 4) }).Rate().Lines);

        Assert.Equal(Eur(expected), rated.Amount);
        Assert.StartsWith(sentence, rated.Explanation.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-10-01", 100, 0, "2,400.00 a month x 0 % (free trial to 2024-09-30) = 0.00.")]
    [InlineData("2025-01-01", 100, 0, "2,400.00 a month x 0 % (free trial to 2024-12-31) = 0.00.")]
    [InlineData("2024-09-16", 100, 1200, "2,400.00 x 0 % (free trial to 2024-09-15) x 15/30 days + 2,400.00 x 15/30 days = 1,200.00.")]
    [InlineData("2024-09-02", 100, 2320, "2,400.00 x 0 % (free trial to 2024-09-01) x 1/30 days + 2,400.00 x 29/30 days = 2,320.00.")]
    [InlineData("2024-09-01", 100, 2400, "2,400.00 a month for 2024-09.")]
    [InlineData("2024-10-15", 50, 1200, "2,400.00 a month x 50 % (trial to 2024-10-14) = 1,200.00.")]
    [InlineData("2024-09-11", 50, 2000, "2,400.00 x 50 % (trial to 2024-09-10) x 10/30 days + 2,400.00 x 20/30 days = 2,000.00.")] // 400 + 1,600
    public void Rate_Trial_TakesItsPercentageOffItsDays(string until, decimal off, decimal expected, string sentence)
    {
        var rated = Assert.Single(new RecurringCase(RecurringCase.Fee() with { Trial = new Trial(Days.On(until), off) }).Rate().Lines);

        Assert.Equal((Eur(expected), sentence), (rated.Amount, rated.Explanation.Sentence));
    }

    [Theory]
    [InlineData(3, "2024-08-10", "2024-09", 4069.57, "7,200.00 a quarter x 52 of 92 days (2024-08-10 to 2024-09-30) = 4,069.57.")] // 4,069.565
    [InlineData(12, "2024-03-01", "2024-12", 6019.67, "7,200.00 a year x 306 of 366 days (2024-03-01 to 2024-12-31) = 6,019.67.")] // 6,019.672
    [InlineData(6, "2024-07-02", "2024-12", 7160.87, "7,200.00 a half-year x 183 of 184 days (2024-07-02 to 2024-12-31) = 7,160.87.")] // 7,160.8695
    public void Rate_LongerCycles_AreProratedByTheirOwnDays(int months, string start, string month, decimal expected, string sentence)
    {
        Assert.True(Period.TryParseMonth(month, out var period));
        var line = RecurringCase.Fee(7200, months) with { Anchor = Days.On("2024-01-01") };

        var rated = Assert.Single(new RecurringCase(line) { Term = Days.From(start) }.Rate(period).Lines);

        Assert.Equal((Eur(expected), sentence), (rated.Amount, rated.Explanation.Sentence));
    }

    [Fact]
    public void Rate_Tiers_PriceTheQuantityOfEachStretch()
    {
        var line = RecurringCase.Seats("2024-01-01 10, 2024-09-16 12") with { Prices = [], Pricing = new GraduatedPrice([new Tier(10, 5), new Tier(null, 4)]) };

        // 50 x 15/30 + 58 x 15/30
        Assert.Equal(Eur(54), Assert.Single(new RecurringCase(line).Rate().Lines).Amount);
        Assert.Equal(Eur(58), Assert.Single(new RecurringCase(line).Rate(Period.Month(2024, 10)).Lines).Amount);
    }
}
