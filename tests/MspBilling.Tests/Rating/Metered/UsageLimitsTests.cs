using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Metered;

public sealed class UsageLimitsTests
{
    private static readonly UsageLine Euros = Use.Line(new PerUnitPrice(1)) with { Description = "Backup" };

    public static TheoryData<decimal[], decimal?, decimal?, string> Limits => new()
    {
        // Quantities at 1.00, minimum, maximum; lines.
        { [80], 100, null, "Charge 80.00, TrueUp 20.00" },
        { [100], 100, null, "Charge 100.00" },
        { [99.99m], 100, null, "Charge 99.99, TrueUp 0.01" },
        { [99.995m], 100, null, "Charge 100.00" }, // as billed, rounded
        { [120], 100, null, "Charge 120.00" },
        { [], 100, null, "TrueUp 100.00" }, // without any use
        { [-30], 100, null, "Charge -30.00, TrueUp 130.00" }, // exactly the minimum, whatever was credited
        { [50, 30, 40], 100, null, "Charge 120.00" }, // over the period, not for each record
        { [120], null, 100, "Charge 120.00, WriteDown -20.00" },
        { [100], null, 100, "Charge 100.00" },
        { [100.01m], null, 100, "Charge 100.01, WriteDown -0.01" },
        { [120], null, 0, "Charge 120.00, WriteDown -120.00" },
        { [-120], null, 100, "Charge -120.00" },
        { [120], 100, 100, "Charge 120.00, WriteDown -20.00" },
        { [20], 100, 100, "Charge 20.00, TrueUp 80.00" },
        { [], 0, null, "" },
        { [], 33.335m, null, "TrueUp 33.34" }, // rounded once, half away from zero
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Rate_MinimumAndMaximum_AreLinesOfTheirOwn(decimal[] quantities, decimal? minimum, decimal? maximum, string expected)
    {
        var rated = (Euros with { Minimum = minimum, Maximum = maximum }).Rate(quantities);

        Assert.Equal(expected, string.Join(", ", rated.Lines.Select(line => FormattableString.Invariant($"{line.Kind} {line.Amount.Amount}"))));
        Assert.All(rated.Lines, line => Assert.Equal(line.Amount, line.UnitPrice.Extend(line.Quantity)));
        Assert.All(rated.Dispositions, disposition => Assert.Equal(DispositionKind.Billed, disposition.Kind));
    }

    [Fact]
    public void Rate_Limits_AreOverAllGroupsOfTheLine()
    {
        var records = new[] { Use.Of("1", 70), Use.Of("2", 50) with { Service = "Queue" } };

        Assert.Equal([50m, 70m, -20m], (Euros with { Maximum = 100 }).Rate(records).Lines.Select(line => line.Amount.Amount));
        Assert.Equal([50m, 70m, 30m], (Euros with { Minimum = 150 }).Rate(records).Lines.Select(line => line.Amount.Amount));
    }

    [Fact]
    public void Rate_Limits_SayTheirArithmetic()
    {
        var below = (Euros with { Minimum = 100 }).Rate([80m]).Lines[^1];
        var above = (Euros with { Maximum = 100 }).Rate([1120m]).Lines[^1];

        Assert.Equal(("Backup: minimum commitment", "Minimum 100.00, less 80.00 billed = 20.00."), (below.Description, below.Explanation.Sentence));
        Assert.Equal(
            ("Backup: above the maximum", "Use comes to 1,120.00; the maximum is 100.00, so 1,020.00 is written down."), (above.Description, above.Explanation.Sentence));
    }

    [Theory]
    [InlineData("2024-09-14", "56.67", "Minimum 100.00 x 17/30 days = 56.67, less 0.00 billed = 56.67.")]
    [InlineData("2024-09-30", "3.33", "Minimum 100.00 x 1/30 days = 3.33, less 0.00 billed = 3.33.")]
    [InlineData("2024-09-16", "50.00", "Minimum 100.00 x 15/30 days = 50.00, less 0.00 billed = 50.00.")]
    public void Rate_Minimum_IsByTheDaysOfTheAgreement(string from, string amount, string sentence)
    {
        var line = Assert.Single(Use.Rate([(from, [Euros with { Minimum = 100 }])]).Lines);

        Assert.Equal((Eur(Number.Of(amount)), sentence), (line.Amount, line.Explanation.Sentence));
    }

    [Fact]
    public void Rate_Minimum_InYenHasNoPlaces()
    {
        var month = new ClientMonth { Lines = [Euros with { Minimum = 1000 }], Agreements = [Records.Agreement() with { CurrencyName = "JPY", Term = Days.From("2024-09-21") }] };

        // 1,000 x 10/30 = 333.33...
        Assert.Equal("Minimum 1,000 x 10/30 days = 333, less 0 billed = 333.", Assert.Single(month.Rate(new List<Activity>()).Lines).Explanation.Sentence);
    }
}
