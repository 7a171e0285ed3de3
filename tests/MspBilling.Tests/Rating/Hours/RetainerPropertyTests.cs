using System.Globalization;
using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

/// <summary>What holds of every retainer and cap, over a year in any split of periods.</summary>
public sealed class RetainerPropertyTests
{
    private static readonly DateOnly Begin = Days.On("2024-01-01");
    private static readonly DateOnly End = Days.On("2025-01-01");

    private static readonly Gen<DateOnly> Day = Gen.Int[0, 365].Select(day => Begin.AddDays(day));

    private static readonly Gen<RetainerBlock> Blocks = Gen.Select(Day, Gen.Int[1, 4_000], Gen.OneOf<int?>(null, 1, 20, 31, 90, 400))
        .Select((day, quantity, days) => new RetainerBlock(day, quantity / 100m, days is null ? null : day.AddDays(days.Value)));

    private static readonly Gen<RetainerLine> Retainers = Gen.Select(
        Gen.Int[-400, 4_000].Select(n => n <= 0 ? null : (decimal?)n / 100m), Gen.OneOf(1, 3, 6, 12), Gen.Int[-100, 365].Select(day => day < 0 ? null : (DateOnly?)Begin.AddDays(day)), Gen.Int[0, 4], Blocks.Array[0, 3], Gen.OneOf(0.5m, 1.5m, 2m, 3m))
        .Select((included, months, anchor, rollOver, blocks, weight) => RetainerCase.Hours(included) with
        {
            CycleMonths = months,
            Anchor = anchor,
            RollOverCycles = rollOver,
            Blocks = blocks,
            Weights = [new WorkTypeWeight("Emergency", weight)],
        });

    private static readonly Gen<Work[]> Works = Gen.Select(Day, Gen.Int[0, 2_000], Gen.Bool, Gen.Int[1, 20_000])
        .Select((day, hours, isEmergency, rate) => new Work(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), hours / 100m, rate / 1_000m, isEmergency ? "Emergency" : null) { Ticket = isEmergency ? "1" : "2" })
        .Array[0, 20];

    private static readonly Gen<Period[]> Splits = Day.Array[0, 12].Select(cuts => cuts.Append(Begin).Append(End).Distinct().Order().ToArray())
        .Select(cuts => cuts.Zip(cuts.Skip(1), (from, to) => new Period(from, to)).ToArray());

    [Fact]
    public void Hours_InAnySplitOfPeriods_GrantedIsDrawnEndedAndLeft() => Gen.Select(Retainers, Works, Splits).Sample(
        (line, work, periods) =>
        {
            var rated = new RetainerCase { Term = new Period(Begin, End), Lines = [line], Work = work }.RateAll(periods);
            var expected = DayByDay(line, work);

            Assert.Equal(expected.Covered, rated.SelectMany(period => period.Pieces).Select(piece => piece.CoveredHours));
            Assert.Equal(expected.Left, rated[^1].Lots);
            Assert.Equal(expected.Granted, Sum(rated, "drawn") + Sum(rated, "ended") + rated[^1].Carried.Balances.Sum(balance => balance.Left));
        },
        iter: 10_000);

    [Fact]
    public void Money_InAnySplitOfPeriods_PaysAllThatIsBilledUntilItIsGone() => Gen.Select(Gen.Int[1, 100_000], Works, Splits, Gen.OneOf("EUR", "JPY", "KWD")).Sample(
        (quantity, work, periods, currency) =>
        {
            var line = RetainerCase.Money() with { Blocks = [new RetainerBlock(Begin, quantity / 100m)] };
            var rated = new RetainerCase { Term = new Period(Begin, End), Currency = Currency.Of(currency), Lines = [line], Work = work }.RateAll(periods);
            var left = Rounding.ToMoney(quantity / 100m, Currency.Of(currency)).Amount;
            foreach (var period in rated)
            {
                var billed = period.Of(LineKind.Charge).Sum(charge => charge.Amount.Amount);
                var drawn = -period.Of(LineKind.Drawn).Sum(charge => charge.Amount.Amount);
                Assert.Equal(Math.Min(billed, left), drawn);
                Assert.Equal(drawn, period.Pieces.Sum(piece => piece.CoveredAmount));
                Assert.All(period.Pieces, piece => Assert.True(piece.CoveredAmount >= 0));
                left -= drawn;
                Assert.Equal(left, period.Carried.Balances.Sum(balance => balance.Left));
            }
        },
        iter: 10_000);

    [Fact]
    public void Cap_InAnySplitOfPeriods_IsKeptToHalfACentAPeriod() => Gen.Select(Gen.Int[0, 50_000], Works, Splits).Sample(
        (cap, work, periods) =>
        {
            var capped = RetainerCase.Support with { Caps = [new TimeCap(CapScope.Ticket, cap / 100m)] };
            var rated = new RetainerCase { Versions = [new AgreementVersion(1, new Period(Begin, End), [capped], [])], Work = work }.RateAll(periods);
            foreach (var ticket in work.Select(entry => entry.Ticket).Distinct())
            {
                var lines = rated.SelectMany(period => period.Of(LineKind.WriteDown)).Where(line => line.Item == "ticket/" + ticket).ToList();
                var worked = work.Where(entry => entry.Ticket == ticket).Sum(entry => entry.Hours * entry.Rate);
                var billed = worked + lines.Sum(line => line.Amount.Amount);

                // The cap, or all of the work where that is less; each write-down is rounded once.
                Assert.InRange(billed, Math.Min(worked, cap / 100m) - (0.005m * lines.Count), Math.Min(worked, cap / 100m) + (0.005m * (lines.Count + 1)));
                Assert.Equal(billed, rated[^1].Carried.Totals.SingleOrDefault(total => total.Key.Subject == "ticket/" + ticket)?.Amount ?? 0);
            }

            foreach (var period in rated)
            {
                Assert.All(period.Pieces.Zip(period.WrittenDown), pair => Assert.InRange(pair.Second, 0, pair.First.Amount));
                Assert.InRange(-period.Of(LineKind.WriteDown).Sum(line => line.Amount.Amount) - period.WrittenDown.Sum(), 0, 0.01m);
            }
        },
        iter: 10_000);

    /// <summary>The rule as plainly as it can be said: every lot of the year, drawn entry by entry.</summary>
    private static (decimal[] Covered, string Left, decimal Granted) DayByDay(RetainerLine line, Work[] work)
    {
        var lots = new List<Lot>();
        var anchor = line.Anchor ?? Begin;
        for (var cycle = -24; line.Included is { } included && cycle <= 24; cycle++)
        {
            var (start, end) = (anchor.AddMonths(cycle * line.CycleMonths), anchor.AddMonths((cycle + 1) * line.CycleMonths));
            if (end > Begin && start < End)
            {
                lots.Add(new Lot(start < Begin ? Begin : start, anchor.AddMonths((cycle + 1 + line.RollOverCycles) * line.CycleMonths), included, included));
            }
        }

        lots.AddRange(line.Blocks.Where(block => block.PurchasedOn < End).Select(block => new Lot(block.PurchasedOn, block.ExpiresOn ?? Period.NoEnd, block.Quantity, block.Quantity)));
        lots = [.. lots.OrderBy(lot => lot.EndsOn).ThenBy(lot => lot.GrantedOn)];
        var covered = new List<decimal>();
        foreach (var entry in work.Where(entry => Days.On(entry.Day) < End).OrderBy(entry => entry.Day, StringComparer.Ordinal))
        {
            var weight = entry.WorkType is null ? 1 : line.Weights[0].Weight;
            var (wanted, drawn) = (entry.Hours * weight, 0m);
            for (var i = 0; i < lots.Count; i++)
            {
                var taken = Days.On(entry.Day) >= lots[i].GrantedOn && Days.On(entry.Day) < lots[i].EndsOn ? Math.Min(lots[i].Left, wanted - drawn) : 0;
                lots[i] = lots[i] with { Left = lots[i].Left - taken };
                drawn += taken;
            }

            covered.Add(drawn == wanted ? entry.Hours : drawn / weight);
        }

        var left = lots.Where(lot => lot.EndsOn > End && lot.Left > 0);
        return (
            [.. covered],
            string.Join(", ", left.Select(lot => $"{lot.Left.ToString("0.####", CultureInfo.InvariantCulture)}/{lot.Granted.ToString("0.####", CultureInfo.InvariantCulture)} {RetainerCase.Span(lot.GrantedOn, lot.EndsOn)}")),
            lots.Sum(lot => lot.Granted));
    }

    private static decimal Sum(IEnumerable<RatedWork> rated, string figure) =>
        rated.SelectMany(period => period.Of(LineKind.Covered)).SelectMany(line => line.Explanation.Figures).Where(found => found.Name == figure).Sum(found => found.Value);
}
