using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using Xunit;
using static MspBilling.Core.Rating.DispositionKind;

namespace MspBilling.Tests.Rating.Metered;

public sealed class IncludedUnitsTests
{
    private static readonly UsageLine Thirty = Use.Line(new PerUnitPrice(1)) with { Included = 30 };

    public static TheoryData<string, decimal, string> Shared => new()
    {
        // Day:quantity of records 0, 1, 2...; included; shares by id, billed before covered.
        { "10:20 10:20 10:60", 30, "0 Covered 20, 1 Billed 10, 1 Covered 10, 2 Billed 60" },
        { "12:20 11:20 10:60", 30, "0 Billed 20, 1 Billed 20, 2 Billed 30, 2 Covered 30" }, // the earliest day first
        { "10:20 10:10 10:60", 30, "0 Covered 20, 1 Covered 10, 2 Billed 60" }, // used up exactly
        { "10:20 10:10", 30, "0 Covered 20, 1 Covered 10" }, // nothing is left to charge
        { "10:20 10:10", 31, "0 Covered 20, 1 Covered 10" },
        { "10:30.5", 30, "0 Billed 0.5, 0 Covered 30" },
        { "10:-10 11:50", 30, "0 Billed -10, 1 Billed 20, 1 Covered 30" }, // 40 less 30 is 10: -10 + 20
        { "10:50 11:-30", 30, "0 Covered 50, 1 Covered -30" }, // 20 are all included, with the credit
        { "10:-5", 30, "0 Billed -5" },
        { "10:0 11:40", 30, "0 Billed 0, 1 Billed 10, 1 Covered 30" },
    };

    [Theory]
    [MemberData(nameof(Shared))]
    public void Settle_Records_ByDayThenId(string records, decimal included, string expected)
    {
        var rated = (Thirty with { Included = included }).Rate([.. records.Split(' ').Select((record, i) => Use.Of($"{i}", Number.Of(record.Split(':')[1]), $"2024-09-{record.Split(':')[0]}"))]);

        Assert.Equal(expected, string.Join(", ", rated.Shares().Select(share => FormattableString.Invariant($"{share.Id} {share.Kind} {share.Units}"))));
        Assert.All(rated.Dispositions.Where(disposition => disposition.Kind == Covered), disposition => Assert.Equal(Reason.IncludedUnits, disposition.Reason));
    }

    [Theory]
    [InlineData("10", "60", "5", "5")] // half of the units
    [InlineData("1", "90", "0.333333333333", "0.666666666667")] // the last takes the rest
    [InlineData("123456.78", "70", "52910.048571428571", "70546.731428571429")]
    public void Settle_CostOfARecordThatIsCoveredInPart_IsSharedExactly(string cost, string quantity, string covered, string billed)
    {
        var rated = Thirty.Rate(Use.Of("1", Number.Of(quantity)) with { Cost = Number.Of(cost) });

        Assert.Equal([(Billed, Number.Of(billed)), (Covered, Number.Of(covered))], rated.Dispositions.Select(disposition => (disposition.Kind, disposition.Quantity.Cost)));
        Assert.Equal(Number.Of(cost), rated.Dispositions.Sum(disposition => disposition.Quantity.Cost));
    }

    [Fact]
    public void Settle_EachGroup_HasItsOwnUnits()
    {
        var rated = Thirty.Rate(Use.Of("1", 40), Use.Of("2", 40) with { Service = "Queue" });

        Assert.Equal([10m, 10m], rated.Lines.Select(line => line.Amount.Amount)); // 40 - 30, twice
        Assert.Equal([("1", Billed, 10m), ("1", Covered, 30m), ("2", Billed, 10m), ("2", Covered, 30m)], rated.Shares());
    }

    [Fact]
    public void Settle_WhatIsNoSum_IsBilledAsEvidence()
    {
        var rated = (Thirty with { Aggregation = Aggregation.Max }).Rate(Use.Of("1", 20), Use.Of("2", 50));

        Assert.Equal(20, Assert.Single(rated.Lines).Amount.Amount); // 50 - 30
        Assert.Equal([("1", Billed, 20m), ("2", Billed, 50m)], rated.Shares());
    }

    [Fact]
    public void Settle_WhatIsNoSumAndAllIncluded_IsCovered() =>
        Assert.Equal([("1", Covered, 20m), ("2", Covered, 30m)], (Thirty with { Aggregation = Aggregation.Max }).Rate(Use.Of("1", 20), Use.Of("2", 30)).Shares());

    [Fact]
    public void Settle_IncludedWithAFlatAmount_IsCoveredBesideIt()
    {
        var rated = (Thirty with { Pricing = new GraduatedPrice([new Tier(null, 1, 25)]) }).Rate([20m]);

        Assert.Equal("20 GB, 20 included: 0 x 1.00 + 25.00 flat = 25.00.", Assert.Single(rated.Lines).Explanation.Sentence);
        Assert.Equal([("0", Covered, 20m)], rated.Shares());
    }
}
