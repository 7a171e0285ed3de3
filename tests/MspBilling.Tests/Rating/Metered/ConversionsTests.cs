using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Metered;

public sealed class ConversionsTests
{
    private static readonly UsageLine Cloud = Use.Line(new CostMarkup(10)) with
    {
        Conversions = [new ConversionRate(USD, 0.92m, Days.Between("2024-09-01", "2024-09-16")), new ConversionRate(USD, 0.9m, Days.Between("2024-09-16", "2024-09-29"))],
    };

    public static TheoryData<string, string, string, string> Converted => new()
    {
        // Days and costs, amount, rates in the sentence.
        { "2024-09-10", "100", "101.20", "USD at 0.92 (2024-09-01 to 2024-09-15)" }, // 92.00 x 1.10
        { "2024-09-15", "100", "101.20", "USD at 0.92 (2024-09-01 to 2024-09-15)" }, // the last day of the first rate
        { "2024-09-16", "100", "99.00", "USD at 0.9 (2024-09-16 to 2024-09-28)" }, // 90.00 x 1.10
        { "2024-09-01", "0.005", "0.01", "USD at 0.92 (2024-09-01 to 2024-09-15)" }, // 0.00506: not rounded to 0.00 before the mark-up
        { "2024-09-10", "-100", "-101.20", "USD at 0.92 (2024-09-01 to 2024-09-15)" },
    };

    [Theory]
    [MemberData(nameof(Converted))]
    public void Rate_CostInAnotherCurrency_IsConvertedAtTheRateOfItsDay(string day, string cost, string amount, string rates)
    {
        var line = Assert.Single(Cloud.Rate(Records.Usage("1", Number.Of(cost), day: day) with { Currency = USD }).Lines);

        Assert.Equal(Eur(Number.Of(amount)), line.Amount);
        Assert.Equal($"1 record of use, {day} to {day}, converted from {rates} = {amount}.", line.Explanation.Sentence);
    }

    [Fact]
    public void Rate_TwoRatesInAPeriod_AreBothStated()
    {
        var line = Assert.Single(Cloud.Rate(
            Records.Usage("1", 100, day: "2024-09-10") with { Currency = USD }, Records.Usage("2", 100, day: "2024-09-20") with { Currency = USD }, Records.Usage("3", 10)).Lines);

        Assert.Equal(Eur(211.20m), line.Amount); // (92.00 + 90.00 + 10.00) x 1.10
        Assert.Contains("USD at 0.92 (2024-09-01 to 2024-09-15), USD at 0.9 (2024-09-16 to 2024-09-28)", line.Explanation.Sentence, StringComparison.Ordinal);
        Assert.Equal([0.92m, 0.9m], line.Explanation.Figures.Where(figure => figure.Name == "rate").Select(figure => figure.Value));
    }

    [Theory]
    [InlineData("2024-09-29", "USD")] // the day after the last rate
    [InlineData("2024-09-10", "JPY")]
    public void Rate_WithoutARateForTheDay_IsHeldAndTheRestIsPriced(string day, string currency)
    {
        var rated = Cloud.Rate(Records.Usage("1", 50, day: day) with { Currency = Core.Currency.Of(currency) }, Records.Usage("2", 10));

        Assert.Equal(Eur(11), Assert.Single(rated.Lines).Amount); // 10.00 x 1.10
        Assert.Equal((DispositionKind.Held, Reason.MissingConversion, $"{currency} on {day}."), (rated.Dispositions[0].Kind, rated.Dispositions[0].Reason, rated.Dispositions[0].Detail));
        Assert.Equal(new Core.Money(50, Core.Currency.Of(currency)), rated.Dispositions[0].Value);
        Assert.Equal(DispositionKind.Billed, rated.Dispositions[1].Kind);
    }

    [Fact]
    public void Rate_TiersOfCost_AreOfTheConvertedCost()
    {
        var tiered = Cloud with { Pricing = new TieredMarkup([new Tier(92, 20), new Tier(null, 0)]) };

        // 200.00 USD are 184.00 EUR: 92.00 x 1.20 + 92.00.
        Assert.Equal(Eur(202.40m), Assert.Single(tiered.Rate(Records.Usage("1", 200) with { Currency = USD }).Lines).Amount);
    }

    [Fact]
    public void Rate_TaxInAnotherCurrency_IsConvertedAndNotMarkedUp() => Assert.Equal(
        Eur(110.40m), // 92.00 x 1.10 + 9.20
        Assert.Single(Cloud.Rate(Records.Usage("1", 100) with { Currency = USD }, Records.Usage("2", 10) with { Currency = USD, Category = "Tax" }).Lines).Amount);
}
