using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Metered;

/// <summary>Grouping, names, details and dispositions, and prices on cost.</summary>
public sealed class UsageChargesTests
{
    private static readonly UsageLine Cloud = Use.Line(new CostMarkup(15));

    public static TheoryData<decimal, decimal[], decimal, string> Costs => new()
    {
        // Mark-up, costs, amount.
        { 15, [100.004m], 115.00m, "1 record of use, 2024-09-10 to 2024-09-10 = 115.00." }, // 115.0046
        { 15, [100.00m], 115.00m, "1 record of use, 2024-09-10 to 2024-09-10 = 115.00." },
        { 0, [0.004m, 0.004m, 0.004m], 0.01m, "3 records of use, 2024-09-10 to 2024-09-10 = 0.01." }, // each by itself would be 0.00
        { 15, [0.01m, 0.01m, 0.01m, 0.01m], 0.05m, "4 records of use, 2024-09-10 to 2024-09-10 = 0.05." }, // 0.046
        { 12.5m, [10.00m], 11.25m, "1 record of use, 2024-09-10 to 2024-09-10 = 11.25." },
        { 15, [100m, -40m], 69.00m, "2 records of use, 2024-09-10 to 2024-09-10 = 69.00." }, // a credit lowers the sum
        { 15, [-10m], -11.50m, "1 record of use, 2024-09-10 to 2024-09-10 = -11.50." },
        { 15, [0.0000000001m, 4.3478m], 5.00m, "2 records of use, 2024-09-10 to 2024-09-10 = 5.00." }, // 4.99997...
        { 0, [0.005m], 0.01m, "1 record of use, 2024-09-10 to 2024-09-10 = 0.01." }, // half away from zero
        { 0, [-0.005m], -0.01m, "1 record of use, 2024-09-10 to 2024-09-10 = -0.01." },
    };

    [Theory]
    [MemberData(nameof(Costs))]
    public void Rate_Cost_IsItsExactSumRoundedOnce(decimal markup, decimal[] costs, decimal expected, string sentence)
    {
        var rated = Use.Line(new CostMarkup(markup)).Rate([.. costs.Select((cost, i) => Records.Usage($"{i}", cost))]);

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(expected), "Azure Storage", 1m, "month", expected), (line.Amount, line.Description, line.Quantity, line.Unit, line.UnitPrice.Amount));
        Assert.Equal(sentence, line.Explanation.Sentence);
        Assert.Equal(costs.Sum(), rated.Dispositions.Where(d => d.Kind == DispositionKind.Billed).Sum(d => d.Quantity.Cost));
    }

    [Theory]
    [InlineData("markup", "116.5")] // 100.00 x 1.15 + 3 x 0.50
    [InlineData("tiered", "112.5")] // 50.00 x 1.20 + 50.00 x 1.05
    [InlineData("percentage", "8")] // 8 % of 100.00
    [InlineData("passThrough", "100")]
    public void Rate_Cost_SaysNothingOfItToTheClient(string model, string expected)
    {
        PriceModel pricing = model switch
        {
            "markup" => new CostMarkup(15, 0.5m),
            "tiered" => new TieredMarkup([new Tier(50, 20), new Tier(null, 5)]),
            "percentage" => new PercentageOfCost(8),
            _ => new PassThrough(),
        };

        var line = Assert.Single(Use.Line(pricing).Rate(Records.Usage("1", 60) with { Quantity = 2 }, Records.Usage("2", 40, day: "2024-09-12")).Lines);

        Assert.Equal(Eur(Number.Of(expected)), line.Amount);
        Assert.Equal($"2 records of use, 2024-09-10 to 2024-09-12 = {line.Amount.Amount:0.00}.", line.Explanation.Sentence);
        Assert.Equal(100, line.Explanation.Figures.Single(figure => figure.Name == "cost").Value);
    }

    [Fact]
    public void Rate_SmallServices_ArePutTogetherAProvider()
    {
        // 0.003 x 1.15 = 0.00345 is no cent; 0.0069 for both is one.
        var rated = Cloud.Rate(Records.Usage("1", 20), Records.Usage("2", 0.003m, "Queue"), Records.Usage("3", 0.003m, "Backup"), Records.Usage("4", 0.004m, "S3") with { Provider = "AWS" });

        Assert.Equal([("Azure Storage", Eur(23)), ("Azure other services", Eur(0.01m))], rated.Lines.Select(line => (line.Description, line.Amount)));
        Assert.Equal("2 other services, each too small to be billed by itself, from 2 records = 0.01.", rated.Lines[1].Explanation.Sentence);
        Assert.Equal([("4", Reason.BelowSmallestUnit)], rated.Dispositions.Where(d => d.Kind == DispositionKind.Covered).Select(d => (d.Activity.ExternalId, d.Reason!)));
        Assert.Equal(["Azure other services", "Azure other services"], rated.Dispositions.Where(d => d.Activity.ExternalId is "2" or "3").Select(d => d.Detail));
    }

    [Theory]
    [InlineData("0.004")] // 0.0046
    [InlineData("0")]
    [InlineData("-0.004")]
    public void Rate_AltogetherBelowHalfACent_PrintsNothing(string cost)
    {
        var rated = Cloud.Rate(Records.Usage("1", Number.Of(cost)));

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.BelowSmallestUnit), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }

    [Theory]
    [InlineData("JPY", "1000.5", "1151", "1,151")] // 1,150.575
    [InlineData("KWD", "0.1005", "0.116", "0.116")] // 0.115575
    public void Rate_OtherPlaces_AreTheCurrencys(string currency, string cost, string amount, string printed)
    {
        var month = new ClientMonth { Lines = [Cloud], Agreements = [Records.Agreement() with { CurrencyName = currency }] };

        var line = Assert.Single(month.Rate(Records.Usage("1", Number.Of(cost)) with { Currency = Core.Currency.Of(currency) }).Lines);

        Assert.Equal((Number.Of(amount), currency), (line.Amount.Amount, line.Amount.Currency.Code));
        Assert.EndsWith($" = {printed}.", line.Explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_Details_AddUpTheDaysOfASku()
    {
        var line = Assert.Single(Cloud.Rate(
            Records.Usage("1", 5, day: "2024-09-01") with { Quantity = 2.5m },
            Records.Usage("2", 5, day: "2024-09-02") with { Quantity = 1.5m },
            Records.Usage("3", -1) with { SubAccountName = "Lab", Quantity = 1 }).Lines);

        Assert.Equal([("Lab", 1m, "Credit"), ("sub-1", 4m, null)], line.Details.Select(d => (d.Reference, d.Quantity, d.Treatment)));
    }

    [Fact]
    public void Rate_Details_StandInOrdinalOrderOnAnyMachine() => Assert.Equal(
        ["Zebra", "abc"],
        Assert.Single(Cloud.Rate(Records.Usage("1", 5) with { SubAccountName = "abc" }, Records.Usage("2", 5) with { SubAccountName = "Zebra" }).Lines).Details.Select(detail => detail.Reference));

    [Theory]
    [InlineData("Microsoft", "Microsoft Sentinel", "Microsoft Sentinel", "Microsoft/Microsoft Sentinel")]
    [InlineData("Microsoft", "Microsoft", "Microsoft Microsoft", "Microsoft/Microsoft")]
    [InlineData("AWS", "AWSomething", "AWS AWSomething", "AWS/AWSomething")]
    [InlineData("AWS", "Amazon S3", "AWS Amazon S3", "AWS/Amazon S3")]
    [InlineData("AWS", "S3/100 % read", "AWS S3/100 % read", "AWS/S3%2F100 %25 read")]
    public void Rate_ServiceNamedAfterItsProvider_IsNotNamedTwice(string provider, string service, string expected, string item)
    {
        var line = Assert.Single(Cloud.Rate(Records.Usage("1", 5, service) with { Provider = provider }).Lines);

        Assert.Equal((expected, item), (line.Description, line.Item));
    }

    [Theory]
    [InlineData(UsageGrouping.Service, "Azure Queue=3 Azure Storage=7")]
    [InlineData(UsageGrouping.Sku, "Queue hours=2 Queue hours=8")] // B has two descriptions: the first in ordinal order names it
    [InlineData(UsageGrouping.Account, "Lab=4 sub-1=6")]
    [InlineData(UsageGrouping.None, "Cloud=10")]
    public void Rate_Grouping_TellsTheLinesApart(UsageGrouping groupBy, string expected)
    {
        var lines = Use.Line(new PassThrough(), groupBy).Rate(
            Records.Usage("1", 1, "Queue") with { Sku = "B" },
            Records.Usage("2", 2, "Queue") with { Sku = "A" },
            Records.Usage("3", 3) with { Sku = "B" },
            Records.Usage("4", 4) with { Sku = "B", SubAccountId = "lab-1", SubAccountName = "Lab" }).Lines;

        Assert.Equal(expected, string.Join(' ', lines.Select(line => $"{line.Description}={line.Amount.Amount:0}").Order(StringComparer.Ordinal)));
        Assert.Equal(lines.Count, lines.Select(line => line.Key).Distinct().Count());
    }

    [Fact]
    public void Rate_GroupedBySku_NamesTheSkuForTheAccounts() => Assert.Equal(
        [("SKU-1", "Azure/SKU-1")],
        Use.Line(new PassThrough(), UsageGrouping.Sku).Rate(Records.Usage("1", 5) with { Sku = "SKU-1" }).Lines.Select(line => (line.Sku!, line.Item)));

    [Fact]
    public void Rate_WithADescription_PutsItBeforeTheGroupsName() => Assert.Equal(
        ["Cloud use: Azure Queue", "Cloud use: Azure Storage"],
        (Cloud with { Description = "Cloud use" }).Rate(Records.Usage("1", 5), Records.Usage("2", 5, "Queue")).Lines.Select(line => line.Description));

    [Theory]
    [InlineData("markup", "124")] // 100.00 x 1.15 + 9.00 of the provider's tax
    [InlineData("tiered", "124")] // 100.00 x 1.15 + 9.00
    [InlineData("passThrough", "109")]
    public void Rate_TaxOfTheProvider_IsNotMarkedUp(string model, string expected)
    {
        PriceModel pricing = model switch { "markup" => new CostMarkup(15), "tiered" => new TieredMarkup([new Tier(null, 15)]), _ => new PassThrough() };

        var rated = Use.Line(pricing).Rate(Records.Usage("1", 100), Records.Usage("2", 9) with { Category = "Tax" });

        Assert.Equal(Eur(Number.Of(expected)), Assert.Single(rated.Lines).Amount);
        Assert.All(rated.Dispositions, disposition => Assert.Equal(DispositionKind.Billed, disposition.Kind));
    }

    [Theory]
    [InlineData("percentage", "8")] // 8 % of 100.00: the client pays the tax itself
    [InlineData("perUnit", "20")] // 2 x 10.00
    public void Rate_TaxOfTheProvider_IsCoveredWhereTheCostIsNotPassedOn(string model, string expected)
    {
        PriceModel pricing = model == "percentage" ? new PercentageOfCost(8) : new PerUnitPrice(10);

        var rated = Use.Line(pricing).Rate(Records.Usage("1", 100) with { Quantity = 2 }, Records.Usage("2", 9) with { Category = "Tax" });

        Assert.Equal(Eur(Number.Of(expected)), Assert.Single(rated.Lines).Amount);
        Assert.Equal([(DispositionKind.Billed, null), (DispositionKind.Covered, Reason.ProviderTax)], rated.Dispositions.Select(disposition => (disposition.Kind, disposition.Reason)));
    }

    [Theory]
    [InlineData("price", "1", "6.00", "3 GB: 3 x 2.00 = 6.00. Changed by: Promotion.")] // 3 x 2.00 whatever it costs
    [InlineData("price and factor", "1", "3.00", "3 GB: 3 x 1.00 = 3.00. Changed by: Promotion, Half off.")] // 3 x (2.00 x 0.5)
    [InlineData("factor", "100", "57.50", "1 record of use, 2024-09-10 to 2024-09-10 = 57.50. Changed by: Half off.")] // 115.00 x 0.5
    public void Rate_CustomRules_ChangeThePriceOnALineOfTheirOwn(string rules, string cost, string amount, string sentence)
    {
        var match = new ActivityMatch { Skus = ["PROMO"] };
        var promotion = new CustomRule("promo", "Promotion", Lines.Always, match, new SetPrice(2));
        var half = new CustomRule("half", "Half off", Lines.Always, match, new MultiplyPrice(0.5m));
        var month = new ClientMonth
        {
            Lines = [Cloud],
            Settings = Records.Settings with { Rules = rules switch { "price" => [promotion], "factor" => [half], _ => [promotion, half] } },
        };

        var lines = month.Rate(Use.Of("1", 3) with { Sku = "PROMO", Cost = Number.Of(cost) }, Use.Of("2", 5) with { Cost = 10 }).Lines;

        Assert.Equal(Eur(11.50m), lines.Single(line => line.Rules is null).Amount);
        var changed = lines.Single(line => line.Rules is not null);
        Assert.Equal((Eur(Number.Of(amount)), sentence), (changed.Amount, changed.Explanation.Sentence));
    }

    [Fact]
    public void Rate_ACountWhereCostIsPriced_IsHeld()
    {
        var line = Cloud with { Match = new ActivityMatch { Kinds = [ActivityKind.Count, ActivityKind.Usage] } };

        var rated = line.Rate(Use.Count("1", 5));

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Held, Reason.MissingCost), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }

    [Fact]
    public void Rate_NoUse_IsNoLine() => Assert.Empty(Cloud.Rate(new List<Activity>()).Lines);
}
