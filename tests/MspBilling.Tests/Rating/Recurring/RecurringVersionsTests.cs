using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Recurring;

/// <summary>Agreements of several versions: each prices its days, and what none of them changes is one line.</summary>
public sealed class RecurringVersionsTests
{
    [Theory]
    // First version's price, second one's, its first day, amounts of the lines.
    [InlineData(Proration.ActualDays, "2024-09-11", "33.33 133.33")] // 100 x 10/30, 200 x 20/30
    [InlineData(Proration.ActualDays, "2024-09-01", "200.00")]
    [InlineData(Proration.ActualDays, "2024-09-30", "96.67 6.67")]
    [InlineData(Proration.None, "2024-09-11", "200.00")] // only the last part
    [InlineData(Proration.None, "2024-10-01", "100.00")]
    public void Rate_NewVersion_EachPricesItsDays(Proration proration, string from, string expected)
    {
        var given = new RecurringCase(RecurringCase.Fee(100) with { Proration = proration })
        {
            Changes = [Days.On(from)],
            Then = [RecurringCase.Fee(200) with { Proration = proration }],
        };

        var lines = given.Rate().Lines;

        Assert.Equal(expected, string.Join(' ', lines.Select(line => FormattableString.Invariant($"{line.Amount.Amount}"))));
        Assert.Equal(lines.Count, lines.Select(line => line.Key).Distinct().Count());
    }

    [Fact]
    public void Rate_LineThatTheNextVersionHasNot_IsChargedWholeWithoutProration()
    {
        var given = new RecurringCase(RecurringCase.Fee(100) with { Proration = Proration.None }) { Changes = [Days.On("2024-09-11")], Then = [] };

        Assert.Equal(Eur(100), Assert.Single(given.Rate().Lines).Amount);
    }

    [Fact]
    public void Rate_VersionInAQuarter_SettlesTheOldOnesDaysWhenItEnds()
    {
        var given = new RecurringCase(RecurringCase.Fee(9200, 3)) { Changes = [Days.On("2024-08-11")], Then = [RecurringCase.Fee(9200, 3) with { Service = "Care" }] };

        Assert.Empty(given.Rate(Period.Month(2024, 7)).Lines);
        Assert.Equal(Eur(4100), Assert.Single(given.Rate(Period.Month(2024, 8)).Lines).Amount); // 9,200 x 41/92
        Assert.Equal(Eur(5100), Assert.Single(given.Rate(Period.Month(2024, 9)).Lines).Amount); // 9,200 x 51/92
    }

    [Fact]
    public void Rate_VersionsOfTheSameFee_AreOneLineOfTheWhole()
    {
        var line = Assert.Single(new RecurringCase(RecurringCase.Fee(100)) { Changes = [Days.On("2024-09-11"), Days.On("2024-09-21")] }.Rate().Lines);

        Assert.Equal((Eur(100), Days.September, 3), (line.Amount, line.ServicePeriod, line.Explanation.Version));
        Assert.Empty(new RecurringCase(RecurringCase.Fee(9200, 3)) { Changes = [Days.On("2024-08-11")] }.Rate(Period.Month(2024, 8)).Lines);
        Assert.Equal(Eur(9200), Assert.Single(new RecurringCase(RecurringCase.Fee(9200, 3)) { Changes = [Days.On("2024-08-11")] }.Rate().Lines).Amount);
    }

    [Fact]
    public void Rate_AnyCycleInTwoVersions_IsTheWholeToTheCent() => Gen.Select(
        Gen.Int[0, 2_000_000], Gen.Int[1, 500], Gen.OneOf(1, 3, 6, 12), Gen.Int[0, 800], Gen.Int[0, 400], Gen.OneOf(Proration.ActualDays, Proration.ThirtyDays), Gen.OneOf("EUR", "JPY", "KWD")).Sample(
        (price, seats, months, anchor, cut, proration, code) =>
        {
            var currency = Currency.Of(code);
            var line = RecurringCase.Seats(FormattableString.Invariant($"2020-01-01 {seats}"), price / 1000m) with { CycleMonths = months, Proration = proration, Anchor = Days.On("2023-01-01").AddDays(anchor) };
            var cycle = new BillingCycle(line.Anchor!.Value, months).Containing(Days.On("2024-05-05"));
            var given = new RecurringCase(line) { Term = Days.From("2022-01-01"), Currency = currency };

            var whole = given.Rate(cycle).Lines.Sum(rated => rated.Amount.Amount);
            var amended = given with { Changes = [cycle.Start.AddDays(1 + (cut % (cycle.Days - 1)))] };
            var parts = (amended with { Then = [line with { Service = "Care" }] }).Rate(cycle).Lines.Sum(rated => rated.Amount.Amount);

            Assert.Equal(Rounding.ToMoney(seats * price / 1000m, currency).Amount, whole);
            Assert.Equal(whole, amended.Rate(cycle).Lines.Sum(rated => rated.Amount.Amount));
            Assert.InRange(Math.Abs(parts - whole) * (decimal)Math.Pow(10, currency.MinorUnits), 0, 1);
        },
        iter: 10_000);
}
