using CsCheck;
using MspBilling.Core;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests;

public sealed class SplitTests
{
    public static TheoryData<string, decimal, decimal[], decimal[]> Splits => new()
    {
        { "EUR", 10.00m, [1, 1, 1], [3.34m, 3.33m, 3.33m] },
        { "EUR", -10.00m, [1, 1, 1], [-3.34m, -3.33m, -3.33m] },
        { "EUR", 0.02m, [1, 1, 1], [0.01m, 0.01m, 0m] },
        { "EUR", 0.05m, [0, 1, 0, 1], [0m, 0.03m, 0m, 0.02m] }, // 2.5 cents each: the tie goes to the earlier
        { "EUR", 100.00m, [1, 2, 3], [16.67m, 33.33m, 50.00m] }, // 16.666.., 33.333.., 50
        { "EUR", 1.00m, [0.5m, 0.25m, 0.25m], [0.50m, 0.25m, 0.25m] },
        { "EUR", 0m, [0, 0], [0m, 0m] },
        { "EUR", 0m, [], [] },
        { "JPY", 1000m, [1, 1, 1], [334m, 333m, 333m] },
        { "JPY", -2m, [1, 1, 1], [-1m, -1m, 0m] },
        { "KWD", 0.010m, [2, 1], [0.007m, 0.003m] }, // 6.67 and 3.33 thousandths
    };

    [Theory]
    [MemberData(nameof(Splits))]
    public void ByWeight_LargestRemainderGetsTheOddUnit(string code, decimal total, decimal[] weights, decimal[] parts) =>
        Assert.Equal(parts.Select(part => new Money(part, Currency.Of(code))), Split.ByWeight(new Money(total, Currency.Of(code)), weights));

    [Fact]
    public void ByWeight_NothingToSplitOver_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Split.ByWeight(Eur(1), [0, 0]));
        Assert.Throws<ArgumentException>(() => Split.ByWeight(Eur(1), []));
        Assert.Throws<ArgumentException>(() => Split.ByWeight(Eur(1), [2, -1]));
    }

    [Fact]
    public void ByWeight_AnyAmountAndWeights_AddsUpAndIsFair() => Gen
        .Select(Gen.Int[-1_000_000, 1_000_000], Gen.Decimal[0, 1_000].Select(w => decimal.Truncate(w * 1_000) / 1_000).Array[1, 12], Gen.OneOf("EUR", "JPY", "KWD"))
        .Where((_, weights, _) => weights.Sum() > 0)
        .Sample(
            (units, weights, code) =>
            {
                var currency = Currency.Of(code);
                var unit = new decimal(1, 0, 0, false, (byte)currency.MinorUnits);
                var total = new Money(units * unit, currency);
                var parts = Split.ByWeight(total, weights);

                Assert.Equal(total, Money.Sum(parts, currency));
                for (var i = 0; i < parts.Count; i++)
                {
                    // Never further than one smallest coin from the exact share, and nothing for a weight of zero.
                    Assert.True(Math.Abs(parts[i].Amount - (total.Amount * weights[i] / weights.Sum())) < unit, $"{parts[i]} of {total}");
                    Assert.True(weights[i] > 0 || parts[i].IsZero);
                }

                Assert.Equal(parts.Select(part => -part), Split.ByWeight(-total, weights));
            },
            iter: 10_000);

    [Theory]
    [InlineData(0.70, "0.2323 0.2323 0.2323", "0.24 0.23 0.23")]
    [InlineData(0.69, "0.23 0.23 0.23", "0.23 0.23 0.23")]
    [InlineData(7.00, "2.30 2.30 2.3989", "2.30 2.30 2.40")]
    [InlineData(13.80, "23.00 -9.20", "23.00 -9.20")]
    [InlineData(1.00, "1.2346 -0.2346", "1.23 -0.23")] // rounded down 1.23 and -0.24, which leave 0.0046 and 0.0054
    [InlineData(-0.70, "-0.2323 -0.2323 -0.2323", "-0.24 -0.23 -0.23")]
    [InlineData(-0.01, "-0.0046 -0.0046", "-0.01 0.00")]
    [InlineData(0, "0.004 -0.004", "0.00 0.00")] // rounded down 0.00 and -0.01, and the second leaves 0.006
    [InlineData(0, "", "")]
    public void ByParts_ExactPartsOfEitherSign_AddUp(decimal total, string exact, string expected)
    {
        var parts = Split.ByParts(Eur(total), [.. exact.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => decimal.Parse(part, System.Globalization.CultureInfo.InvariantCulture))]);

        Assert.Equal(expected, string.Join(' ', parts.Select(part => part.Amount)));
    }

    [Fact]
    public void ByParts_AnotherTotal_IsRefused() => Assert.Throws<ArgumentException>(() => Split.ByParts(Eur(0.71m), [0.2323m, 0.2323m, 0.2323m]));

    [Fact]
    public void ByParts_AnyParts_AddUpAndAreNeverFurtherThanACoin() => Gen.Select(Gen.Int[-100_000_000, 100_000_000].Array[1, 20], Gen.OneOf("EUR", "JPY", "KWD")).Sample(
        (amounts, code) =>
        {
            var currency = Currency.Of(code);
            var unit = new decimal(1, 0, 0, false, (byte)currency.MinorUnits);
            var exact = amounts.Select(amount => amount * unit / 1_000).ToList();
            var total = Rounding.ToMoney(exact.Sum(), currency);

            var parts = Split.ByParts(total, exact);

            Assert.Equal(total, Money.Sum(parts, currency));
            Assert.All(parts.Zip(exact), each => Assert.True(Math.Abs(each.First.Amount - each.Second) < unit, $"{each.First} of {each.Second}"));
            if (!total.IsZero)
            {
                Assert.Equal(parts.Select(part => -part), Split.ByParts(-total, [.. exact.Select(part => -part)]));
            }
        },
        iter: 10_000);
}
