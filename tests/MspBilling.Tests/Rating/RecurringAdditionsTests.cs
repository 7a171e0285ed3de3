using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class RecurringAdditionsTests
{
    private static readonly ClientMonth Month = new() { Lines = [new AdditionsLine("Licences")] };

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
        Assert.Equal(inForce.Overlap(Days.September), line.ServicePeriod);
        Assert.Equal((DispositionKind.Billed, seats), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Quantity.Units));
    }

    [Fact]
    public void Rate_NotProrated_IsChargedWhole()
    {
        var seat = Records.Addition("1", 1, 26.40m) with { Prorate = false, InForce = Days.Between("2024-09-30", "2024-11-01") };

        Assert.Equal(Eur(26.40m), Assert.Single(Month.Rate(seat).Lines).Amount);
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
}
