using MspBilling.Core.Agreements;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class FixedFeeTests
{
    private static readonly ClientMonth Month = new() { Lines = [new FixedFeeLine("Managed services", "Monthly fee")] };

    [Theory]
    [InlineData(2400, true, "2024-09-12", null, 1520, "2,400.00 a month x 19 of 30 days (2024-09-12 to 2024-09-30) = 1,520.00.")]
    [InlineData(2400, true, "2024-09-01", null, 2400, "2,400.00 a month for 2024-09.")]
    [InlineData(2400, true, "2024-01-01", "2024-09-21", 1600, "2,400.00 a month x 20 of 30 days (2024-09-01 to 2024-09-20) = 1,600.00.")]
    [InlineData(2400, true, "2024-09-30", null, 80, "2,400.00 a month x 1 of 30 days (2024-09-30 to 2024-09-30) = 80.00.")]
    [InlineData(99.99, true, "2024-09-17", null, 46.66, "99.99 a month x 14 of 30 days (2024-09-17 to 2024-09-30) = 46.66.")] // 46.662
    [InlineData(2400, false, "2024-09-12", null, 2400, "2,400.00 a month for 2024-09.")]
    public void Rate_DaysInForce_PaysItsPart(decimal fee, bool prorate, string start, string? end, decimal expected, string sentence)
    {
        var term = end is null ? Days.From(start) : Days.Between(start, end);

        var line = Assert.Single((Month with { Agreements = [Records.Agreement() with { MonthlyFee = fee, Prorate = prorate, Term = term }] }).Rate().Lines);

        Assert.Equal(Eur(expected), line.Amount);
        Assert.Equal(("FixedFee", sentence), (line.Explanation.Rule, line.Explanation.Sentence));
        Assert.Equal(("Managed services", "Monthly fee: Gold support", 1m, "month"), (line.Service, line.Description, line.Quantity, line.Unit));
        Assert.Equal(term.Overlap(Days.September), line.ServicePeriod);
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
    public void Rate_NoFeeOrNotInForce_HasNoLine(int? fee, string start, string end) =>
        Assert.Empty((Month with { Agreements = [Records.Agreement() with { MonthlyFee = fee, Term = Days.Between(start, end) }] }).Rate().Lines);

    [Fact]
    public void Rate_TheMspItself_IsNotBilled() => Assert.Empty(
        (Month with { Company = Records.Company() with { IsInternal = true }, Agreements = [Records.Agreement() with { MonthlyFee = 2400 }] }).Rate().Lines);

    [Theory]
    [InlineData("JPY", 300001, "300,001 a month x 10 of 30 days (2024-09-21 to 2024-09-30) = 100,000.", 100000)] // 100,000.33
    [InlineData("KWD", 100.5, "100.500 a month x 10 of 30 days (2024-09-21 to 2024-09-30) = 33.500.", 33.5)]
    public void Rate_OtherPlaces_AreExplainedInThem(string code, decimal fee, string sentence, decimal expected)
    {
        var line = Assert.Single((Month with { Agreements = [Records.Agreement() with { MonthlyFee = fee, CurrencyName = code, Term = Days.From("2024-09-21") }] }).Rate().Lines);

        Assert.Equal((sentence, expected), (line.Explanation.Sentence, line.Amount.Amount));
    }
}
