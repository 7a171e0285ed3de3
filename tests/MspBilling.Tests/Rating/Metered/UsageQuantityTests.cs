using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Metered;

/// <summary>Prices on how much use there is.</summary>
public sealed class UsageQuantityTests
{
    private static readonly Dictionary<string, PriceModel> Models = new()
    {
        ["perUnit"] = new PerUnitPrice(0.10m),
        ["graduated"] = new GraduatedPrice([new Tier(10, 1), new Tier(null, 0.5m)]),
        ["volume"] = new VolumePrice([new Tier(10, 1), new Tier(null, 0.5m)]),
        ["volume with flat"] = new VolumePrice([new Tier(10, 1), new Tier(null, 0.5m, 3)]),
        ["package"] = new PackagePrice(10, 4),
    };

    public static TheoryData<string, decimal[], decimal, decimal, decimal, decimal, string, string> Priced => new()
    {
        // Model, quantities, included; then quantity, unit price, amount, unit, sentence.
        { "perUnit", [100, 20], 0, 120, 0.10m, 12.00m, "GB", "120 GB: 120 x 0.10 = 12.00." },
        { "perUnit", [150], 30, 120, 0.10m, 12.00m, "GB", "150 GB, 30 included: 120 x 0.10 = 12.00." },
        { "perUnit", [0.05m], 0, 0.05m, 0.10m, 0.01m, "GB", "0.05 GB: 0.05 x 0.10 = 0.01." }, // 0.005
        { "perUnit", [-20], 30, -20, 0.10m, -2.00m, "GB", "-20 GB: -20 x 0.10 = -2.00." }, // what is included does not eat a credit
        { "perUnit", [50, -20], 0, 30, 0.10m, 3.00m, "GB", "30 GB: 30 x 0.10 = 3.00." },
        { "graduated", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0, 1, 11.00m, 11.00m, "month", "12 GB: 10 x 1.00 + 2 x 0.50 = 11.00." }, // tiers never restart with a record
        { "graduated", [15], 5, 1, 10.00m, 10.00m, "month", "15 GB, 5 included: 10 x 1.00 = 10.00." }, // the tiers begin after what is included
        { "graduated", [-4], 0, 1, -4.00m, -4.00m, "month", "-4 GB: -4 x 1.00 = -4.00." },
        { "volume", [6, 6], 0, 12, 0.50m, 6.00m, "GB", "12 GB: 12 x 0.50 = 6.00." },
        { "volume", [10], 0, 10, 1.00m, 10.00m, "GB", "10 GB: 10 x 1.00 = 10.00." }, // more than 12 cost: allowed, and stated
        { "volume with flat", [12], 0, 1, 9.00m, 9.00m, "month", "12 GB: 12 x 0.50 + 3.00 flat = 9.00." },
        { "package", [10.5m], 0, 2, 4.00m, 8.00m, "package", "10.5 GB: 2 packages of 10 x 4.00 = 8.00." },
        { "package", [4, 4, 4], 0, 2, 4.00m, 8.00m, "package", "12 GB: 2 packages of 10 x 4.00 = 8.00." }, // not three begun packages
        { "package", [25], 5, 2, 4.00m, 8.00m, "package", "25 GB, 5 included: 2 packages of 10 x 4.00 = 8.00." },
    };

    public static TheoryData<Aggregation, decimal, string> Aggregated => new()
    {
        // 10 on the 1st, 30 and 20 on the 16th, at 0.10.
        { Aggregation.Sum, 6.00m, "60 GB: 60 x 0.10 = 6.00." },
        { Aggregation.Max, 3.00m, "Largest value 30 GB: 30 x 0.10 = 3.00." },
        { Aggregation.Average, 2.00m, "Mean of 2 days 20 GB: 20 x 0.10 = 2.00." }, // (10 + 30) / 2
        { Aggregation.Last, 3.00m, "Latest value 30 GB: 30 x 0.10 = 3.00." },
        { Aggregation.TimeWeighted, 2.00m, "Mean over 30 days 20 GB: 20 x 0.10 = 2.00." }, // (15 x 10 + 15 x 30) / 30
        { Aggregation.Unique, 0.20m, "2 subjects counted once each: 2 x 0.10 = 0.20." },
    };

    [Theory]
    [MemberData(nameof(Priced))]
    public void Rate_Quantity_SaysItsArithmetic(
        string model, decimal[] quantities, decimal included, decimal quantity, decimal price, decimal amount, string unit, string sentence)
    {
        var line = Assert.Single((Use.Line(Models[model]) with { Included = included }).Rate(quantities).Lines);

        Assert.Equal((quantity, price, Eur(amount), unit), (line.Quantity, line.UnitPrice.Amount, line.Amount, line.Unit));
        Assert.Equal(sentence, line.Explanation.Sentence);
    }

    [Theory]
    [MemberData(nameof(Aggregated))]
    public void Rate_Aggregation_IsOverThePeriod(Aggregation aggregation, decimal amount, string sentence)
    {
        var rated = (Use.Line(Models["perUnit"]) with { Aggregation = aggregation }).Rate(
            Use.Of("1", 10, "2024-09-01") with { Subject = "ann" },
            Use.Of("2", 30, "2024-09-16") with { Subject = "bob" },
            Use.Of("3", 20, "2024-09-16") with { Subject = "ann" });

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(amount), sentence), (line.Amount, line.Explanation.Sentence));
        Assert.All(rated.Dispositions, disposition => Assert.Equal((DispositionKind.Billed, "Azure Storage"), (disposition.Kind, disposition.Detail)));
    }

    [Fact]
    public void Rate_UniqueWithoutASubject_IsHeld()
    {
        var rated = (Use.Line(new PerUnitPrice(3)) with { Aggregation = Aggregation.Unique, Unit = "user" }).Rate(Use.Of("1", 1) with { Subject = "ann" }, Use.Of("2", 1));

        Assert.Equal("1 user counted once each: 1 x 3.00 = 3.00.", Assert.Single(rated.Lines).Explanation.Sentence);
        Assert.Equal([null, Reason.MissingSubject], rated.Dispositions.Select(disposition => disposition.Reason));
    }

    [Fact]
    public void Rate_DifferentUnits_AreNeverAdded()
    {
        var lines = Use.Line(new PerUnitPrice(1)).Rate(Use.Of("1", 2), Use.Of("2", 3) with { Unit = "GB/Month" }).Lines;

        Assert.Equal([("Azure/Storage/GB", 2m, "GB"), ("Azure/Storage/GB%2FMonth", 3m, "GB/Month")], lines.Select(line => (line.Item, line.Quantity, line.Unit)));
    }

    [Fact]
    public void Rate_UnitOfTheLine_MakesThemOne()
    {
        var line = Assert.Single((Use.Line(new PerUnitPrice(1)) with { Unit = "gigabyte" }).Rate(Use.Of("1", 2), Use.Of("2", 3) with { Unit = "GiB" }).Lines);

        Assert.Equal(("Azure/Storage", 5m, "gigabyte"), (line.Item, line.Quantity, line.Unit));
    }

    [Fact]
    public void Rate_Counts_AreUseWhereTheLineAsksForThem()
    {
        var line = Use.Line(new PerUnitPrice(2)) with { Match = new ActivityMatch { Kinds = [ActivityKind.Count] }, Aggregation = Aggregation.Max, Unit = "mailbox" };

        var rated = line.Rate(Use.Count("1", 40, "2024-09-01"), Use.Count("2", 42, "2024-09-15"));

        var priced = Assert.Single(rated.Lines);
        Assert.Equal(("Mailboxes", "MBX", 42m, Eur(84)), (priced.Description, priced.Item, priced.Quantity, priced.Amount)); // 42 x 2.00
        Assert.Equal([("MBX", "Mailboxes", 82m, "mailbox")], priced.Details.Select(detail => (detail.Reference!, detail.Description, detail.Quantity, detail.Unit)));
    }

    [Fact]
    public void Rate_FirstTiersFlat_IsDueWithoutUseWhereNothingIsGrouped()
    {
        var model = new GraduatedPrice([new Tier(100, 0.10m, 25), new Tier(null, 0.05m)]);

        Assert.Equal("0 units: 0 x 0.10 + 25.00 flat = 25.00.", Assert.Single(Use.Line(model, UsageGrouping.None).Rate(new List<Activity>()).Lines).Explanation.Sentence);
        Assert.Empty(Use.Line(model).Rate(new List<Activity>()).Lines);
    }

    [Fact]
    public void Rate_UseInAFreeTier_IsCovered()
    {
        var rated = Use.Line(new GraduatedPrice([new Tier(10, 0), new Tier(null, 2)])).Rate([8m]);

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.IncludedUnits), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }

    [Fact]
    public void Rate_ByQuantity_NeedsNoCostInTheAgreementsCurrency() =>
        Assert.Equal(Eur(0.30m), Assert.Single(Use.Line(Models["perUnit"]).Rate(Use.Of("1", 3) with { Currency = USD, Cost = 7 }).Lines).Amount);

    [Fact]
    public void Rate_SmallAmountsOfQuantities_ArePutTogetherToo()
    {
        // 0.003 and 0.004 are no cent each; 0.007 is one.
        var line = Assert.Single(Use.Line(new PerUnitPrice(0.001m)).Rate(Use.Of("1", 3), Use.Of("2", 4) with { Service = "Queue" }).Lines);

        Assert.Equal(("Azure other services", Eur(0.01m)), (line.Description, line.Amount));
    }
}
