using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class CloudMarkupTests
{
    private static readonly ClientMonth Month = new() { Lines = [new CloudUsageLine("Cloud", 15)] };

    public static TheoryData<decimal, decimal[], decimal, string> Costs => new()
    {
        // Mark-up, costs, amount.
        { 15, [100.004m], 115.00m, "Cost of 100.0040 + 15 % = 115.00, from 1 daily record." }, // 115.0046
        { 15, [100.00m], 115.00m, "Cost of 100.0000 + 15 % = 115.00, from 1 daily record." },
        { 0, [0.004m, 0.004m, 0.004m], 0.01m, "Cost of 0.0120 + 0 % = 0.01, from 3 daily records." }, // each by itself would be 0.00
        { 15, [0.01m, 0.01m, 0.01m, 0.01m], 0.05m, "Cost of 0.0400 + 15 % = 0.05, from 4 daily records." }, // 0.046
        { 12.5m, [10.00m], 11.25m, "Cost of 10.0000 + 12.5 % = 11.25, from 1 daily record." },
        { 15, [100m, -40m], 69.00m, "Cost of 60.0000 + 15 % = 69.00, from 2 daily records." }, // a credit lowers the sum
        { 15, [-10m], -11.50m, "Cost of -10.0000 + 15 % = -11.50, from 1 daily record." },
        { 15, [0.0000000001m, 4.3478m], 5.00m, "Cost of 4.3478 + 15 % = 5.00, from 2 daily records." }, // 4.99997...
    };

    [Theory]
    [MemberData(nameof(Costs))]
    public void Rate_Service_IsItsExactSumRoundedOnce(decimal markup, decimal[] costs, decimal expected, string sentence)
    {
        var rated = (Month with { Lines = [new CloudUsageLine("Cloud", markup)] }).Rate([.. costs.Select((cost, i) => Records.Usage($"{i}", cost))]);

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(expected), "Azure Storage"), (line.Amount, line.Description));
        Assert.Equal(sentence, line.Explanation.Sentence);
        Assert.Equal(costs.Sum(), rated.Dispositions.Where(d => d.Kind == DispositionKind.Billed).Sum(d => d.Quantity.Cost));
    }

    [Fact]
    public void Rate_SmallServices_ArePutTogetherAProvider()
    {
        // 0.003 x 1.15 = 0.00345 is no cent; 0.0069 for both is one.
        var rated = Month.Rate(Records.Usage("1", 20), Records.Usage("2", 0.003m, "Queue"), Records.Usage("3", 0.003m, "Backup"), Records.Usage("4", 0.004m, "S3") with { Provider = "AWS" });

        Assert.Equal([("Azure Storage", Eur(23)), ("Azure other services", Eur(0.01m))], rated.Lines.Select(line => (line.Description, line.Amount)));
        Assert.Equal([("4", Reason.BelowSmallestUnit)], rated.Dispositions.Where(d => d.Kind == DispositionKind.Covered).Select(d => (d.Activity.ExternalId, d.Reason!)));
    }

    [Theory]
    [InlineData("0.004")] // 0.0046
    [InlineData("0")]
    [InlineData("-0.004")]
    public void Rate_AltogetherBelowHalfACent_PrintsNothing(string cost)
    {
        var rated = Month.Rate(Records.Usage("1", decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.BelowSmallestUnit), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }

    [Fact]
    public void Rate_Yen_HasNoPlaces()
    {
        var month = Month with { Agreements = [Records.Agreement() with { CurrencyName = "JPY" }] };

        var line = Assert.Single(month.Rate(Records.Usage("1", 1000.5m) with { Currency = JPY }).Lines);

        Assert.Equal((1151m, JPY), (line.Amount.Amount, line.Amount.Currency)); // 1,150.575
        Assert.Contains("= 1,151,", line.Explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_Details_AddUpTheDaysOfASku()
    {
        var line = Assert.Single(Month.Rate(
            Records.Usage("1", 5, day: "2024-09-01") with { Quantity = 2.5m },
            Records.Usage("2", 5, day: "2024-09-02") with { Quantity = 1.5m },
            Records.Usage("3", -1) with { SubAccountName = "Lab", Quantity = 1 }).Lines);

        Assert.Equal([("Lab", 1m, "Credit"), ("sub-1", 4m, null)], line.Details.Select(d => (d.Reference, d.Quantity, d.Treatment)));
    }

    [Fact]
    public void Rate_Details_StandInOrdinalOrderOnAnyMachine() => Assert.Equal(
        ["Zebra", "abc"],
        Assert.Single(Month.Rate(Records.Usage("1", 5) with { SubAccountName = "abc" }, Records.Usage("2", 5) with { SubAccountName = "Zebra" }).Lines).Details.Select(detail => detail.Reference));

    [Theory]
    [InlineData("Microsoft", "Microsoft Sentinel", "Microsoft Sentinel")]
    [InlineData("Microsoft", "Microsoft", "Microsoft Microsoft")]
    [InlineData("AWS", "AWSomething", "AWS AWSomething")]
    [InlineData("AWS", "Amazon S3", "AWS Amazon S3")]
    public void Rate_ServiceNamedAfterItsProvider_IsNotNamedTwice(string provider, string service, string expected) =>
        Assert.Equal(expected, Assert.Single(Month.Rate(Records.Usage("1", 5, service) with { Provider = provider }).Lines).Description);
}
