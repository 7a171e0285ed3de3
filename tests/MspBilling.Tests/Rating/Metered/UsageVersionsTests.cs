using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Metered;

/// <summary>A version of the agreement that begins within the period does not start the period's counting anew.</summary>
public sealed class UsageVersionsTests
{
    private static readonly UsageLine Tiers = Use.Line(new GraduatedPrice([new Tier(100, 0.10m, 5), new Tier(null, 0.08m, 2)]));

    public static TheoryData<string, decimal, decimal, string[]> Continued => new()
    {
        // Model, use before and from the 16th; sentences.
        { "graduated", 80, 50, ["80 GB: 80 x 0.10 + 5.00 flat = 13.00.", "50 GB, after 80 before 2024-09-16: 100 x 0.10 + 5.00 flat + 30 x 0.08 + 2.00 flat - (80 x 0.10 + 5.00 flat) = 6.40."] },
        { "volume", 8, 8, ["8 GB: 8 x 1.00 = 8.00.", "8 GB, after 8 before 2024-09-16: 16 x 0.75 - (8 x 1.00) = 4.00."] },
        { "package", 8, 8, ["8 GB: 1 package of 10 x 4.00 = 4.00.", "8 GB, after 8 before 2024-09-16: 2 packages of 10 x 4.00 - (1 package of 10 x 4.00) = 4.00."] },
        { "package", 4, 4, ["4 GB: 1 package of 10 x 4.00 = 4.00."] }, // the package that is begun already
        { "perUnit", 4, 6, ["4 GB: 4 x 2.00 = 8.00.", "6 GB, after 4 before 2024-09-16: 6 x 2.00 = 12.00."] },
        { "included", 20, 20, ["20 GB, after 20 before 2024-09-16, 10 included: 10 x 2.00 = 20.00."] }, // 20 of 30 are used up
    };

    [Theory]
    [MemberData(nameof(Continued))]
    public void Rate_Sums_GoOnOverVersions(string model, decimal before, decimal after, string[] sentences)
    {
        var line = model switch
        {
            "graduated" => Tiers,
            "volume" => Use.Line(new VolumePrice([new Tier(10, 1), new Tier(null, 0.75m)])),
            "package" => Use.Line(new PackagePrice(10, 4)),
            "included" => Use.Line(new PerUnitPrice(2)) with { Included = 30 },
            _ => Use.Line(new PerUnitPrice(2)),
        };
        var records = new[] { Use.Of("1", before, "2024-09-15"), Use.Of("2", after, "2024-09-16") };

        var rated = Use.Rate([("2024-01-01", [line]), ("2024-09-16", [line])], records);

        Assert.Equal(sentences, rated.Lines.Select(rated => rated.Explanation.Sentence));
        Assert.Equal(line.Rate(records).Total(), rated.Total()); // as if nothing had changed
        Assert.Empty(Conservation.Violations(records, rated.Dispositions));
        Assert.Equal(CarriedState.None.Totals, rated.Carried.Totals);
    }

    [Fact]
    public void Rate_TiersOfCost_GoOnOverVersions()
    {
        var line = Use.Line(new TieredMarkup([new Tier(100, 20), new Tier(null, 10)]));

        var rated = Use.Rate([("2024-01-01", [line]), ("2024-09-16", [line])], Use.Of("1", 1, "2024-09-15") with { Cost = 80 }, Use.Of("2", 1, "2024-09-16") with { Cost = 40 });

        Assert.Equal([Eur(96), Eur(46)], rated.Lines.Select(line => line.Amount)); // 80 x 1.20; 20 x 1.20 + 20 x 1.10
    }

    [Theory]
    [InlineData(Aggregation.Max, "100 x 1.00 x 15/30 days = 50.00")]
    [InlineData(Aggregation.Last, "100 x 1.00 x 15/30 days = 50.00")]
    [InlineData(Aggregation.TimeWeighted, "100 x 1.00 x 15/30 days = 50.00")]
    [InlineData(Aggregation.Average, "100 x 1.00 x 15/30 days = 50.00")]
    public void Rate_WhatIsNoSum_HasItsShareOfThePeriodsDays(Aggregation aggregation, string arithmetic)
    {
        var line = Use.Line(new PerUnitPrice(1)) with { Aggregation = aggregation };

        var rated = Use.Rate([("2024-01-01", [line]), ("2024-09-16", [line])], Use.Of("1", 100, "2024-09-01"), Use.Of("2", 100, "2024-09-16"));

        Assert.Equal([Eur(50), Eur(50)], rated.Lines.Select(line => line.Amount)); // 100.00 in all, not twice
        Assert.All(rated.Lines, line => Assert.Contains(arithmetic, line.Explanation.Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("80", "50", "Charge 80.00, Charge 50.00, WriteDown -30.00")] // 20.00 are left of the maximum
    [InlineData("120", "50", "Charge 120.00, WriteDown -20.00, Charge 50.00, WriteDown -50.00")]
    [InlineData("20", "30", "Charge 20.00, Charge 30.00, TrueUp 10.00")] // 60.00 for the period
    [InlineData("60", "0", "Charge 60.00")] // reached before the change: no true-up on the days after it
    [InlineData("0", "0", "TrueUp 60.00")]
    public void Rate_MaximumAndMinimum_AreForThePeriod(string before, string after, string expected)
    {
        var line = Use.Line(new PerUnitPrice(1)) with { Minimum = 60, Maximum = 100 };

        var rated = Use.Rate([("2024-01-01", [line]), ("2024-09-16", [line])], Use.Of("1", Number.Of(before), "2024-09-15"), Use.Of("2", Number.Of(after), "2024-09-16"));

        Assert.Equal(expected, string.Join(", ", rated.Lines.Select(line => FormattableString.Invariant($"{line.Kind} {line.Amount.Amount}"))));
    }

    [Fact]
    public void Rate_MinimumsOfTwoVersions_AreEachByTheirDays()
    {
        var line = Use.Line(new PerUnitPrice(1));

        var rated = Use.Rate([("2024-01-01", [line with { Minimum = 90 }]), ("2024-09-11", [line with { Minimum = 120 }])], Use.Of("1", 20, "2024-09-01"));

        // 30.00 + 80.00 - 20.00
        Assert.Equal("Minimum 90.00 x 10/30 days + 120.00 x 20/30 days = 110.00, less 20.00 billed = 90.00.", rated.Lines[^1].Explanation.Sentence);
    }

    [Fact]
    public void Rate_MinimumOfALineThatEnds_IsSettledByTheLastVersionThatHasIt()
    {
        var rated = Use.Rate([("2024-01-01", [Use.Line(new PerUnitPrice(1)) with { Minimum = 90 }]), ("2024-09-11", [])]);

        Assert.Equal("Minimum 90.00 x 10/30 days = 30.00, less 0.00 billed = 30.00.", Assert.Single(rated.Lines).Explanation.Sentence);
    }
}
