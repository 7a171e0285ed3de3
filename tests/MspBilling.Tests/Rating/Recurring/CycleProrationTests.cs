using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class CycleProrationTests
{
    [Theory]
    // Cycle, part (first day, first day after), share.
    [InlineData("2024-09-01", "2024-10-01", "2024-09-14", "2024-10-01", 17, 30)]
    [InlineData("2024-02-01", "2024-03-01", "2024-02-29", "2024-03-01", 1, 29)]
    [InlineData("2023-02-01", "2023-03-01", "2023-02-15", "2023-03-01", 14, 28)]
    [InlineData("2024-01-31", "2024-02-29", "2024-02-01", "2024-02-29", 28, 29)]
    [InlineData("2024-07-01", "2024-10-01", "2024-08-10", "2024-10-01", 52, 92)] // 22 of August, 30 of September
    [InlineData("2024-01-01", "2025-01-01", "2024-03-01", "2025-01-01", 306, 366)]
    public void ActualDays_Part_IsItsDaysOverTheCycles(string from, string to, string start, string end, int days, int whole) =>
        Assert.Equal(new Fraction(days, whole), CycleProration.Of(Proration.ActualDays, Days.Between(from, to), Days.Between(start, end)));

    [Theory]
    [InlineData("2024-09-01", "2024-10-01", "2024-09-14", "2024-10-01", 17, 30)]
    [InlineData("2024-01-01", "2024-02-01", "2024-01-15", "2024-02-01", 16, 30)] // 17 actual days
    [InlineData("2024-01-01", "2024-02-01", "2024-01-01", "2024-01-15", 14, 30)]
    [InlineData("2024-01-01", "2024-02-01", "2024-01-31", "2024-02-01", 1, 30)] // the 31st is the 30th
    [InlineData("2024-01-01", "2024-02-01", "2024-01-30", "2024-02-01", 1, 30)]
    [InlineData("2024-01-01", "2024-02-01", "2024-01-30", "2024-01-31", 0, 30)]
    [InlineData("2024-01-01", "2024-02-01", "2024-01-01", "2024-01-31", 29, 30)]
    [InlineData("2024-01-01", "2024-02-01", "2024-01-01", "2024-02-01", 30, 30)]
    [InlineData("2024-02-01", "2024-03-01", "2024-02-01", "2024-03-01", 30, 30)]
    [InlineData("2023-02-01", "2023-03-01", "2023-02-01", "2023-03-01", 30, 30)]
    [InlineData("2024-02-01", "2024-03-01", "2024-02-15", "2024-03-01", 16, 30)]
    [InlineData("2023-02-01", "2023-03-01", "2023-02-15", "2023-03-01", 16, 30)]
    [InlineData("2024-02-01", "2024-03-01", "2024-02-29", "2024-03-01", 1, 30)] // February's last day is the 30th
    [InlineData("2023-02-01", "2023-03-01", "2023-02-28", "2023-03-01", 1, 30)]
    [InlineData("2024-02-01", "2024-03-01", "2024-02-28", "2024-03-01", 3, 30)]
    [InlineData("2024-07-01", "2024-10-01", "2024-08-10", "2024-10-01", 51, 90)] // 21 + 30
    [InlineData("2024-01-01", "2025-01-01", "2024-03-01", "2025-01-01", 300, 360)]
    [InlineData("2024-01-31", "2024-02-29", "2024-02-15", "2024-02-29", 15, 30)]
    [InlineData("2024-02-29", "2024-03-31", "2024-02-29", "2024-03-15", 15, 30)]
    [InlineData("2024-08-15", "2024-09-15", "2024-09-01", "2024-09-15", 14, 30)]
    [InlineData("2023-01-28", "2023-02-28", "2023-02-01", "2023-02-28", 29, 32)]
    [InlineData("2023-02-28", "2023-03-28", "2023-03-01", "2023-03-28", 27, 28)]
    public void ThirtyDays_Part_CountsEachMonthAsThirty(string from, string to, string start, string end, int days, int whole) =>
        Assert.Equal(new Fraction(days, whole), CycleProration.Of(Proration.ThirtyDays, Days.Between(from, to), Days.Between(start, end)));

    [Fact]
    public void None_Part_IsWhole() => Assert.Equal(Fraction.Whole, CycleProration.Of(Proration.None, Days.September, Days.Between("2024-09-30", "2024-10-01")));

    [Fact]
    public void AnyCycle_CutAnywhere_AddsUpToTheWhole() => Gen.Select(Gen.Int[0, 3_000], Gen.OneOf(1, 3, 6, 12), Gen.Int[0, 400], Gen.OneOf(Proration.ActualDays, Proration.ThirtyDays)).Sample(
        (anchor, months, cut, proration) =>
        {
            var cycle = new BillingCycle(Days.On("2020-01-01").AddDays(anchor), months).Containing(Days.On("2024-05-05"));
            var at = cycle.Start.AddDays(1 + (cut % (cycle.Days - 1)));
            var (first, second) = (CycleProration.Of(proration, cycle, new Period(cycle.Start, at)), CycleProration.Of(proration, cycle, new Period(at, cycle.End)));

            Assert.Equal((first.Denominator, first.Denominator), (first.Numerator + second.Numerator, second.Denominator));
            Assert.True(CycleProration.Of(proration, cycle, cycle).IsWhole);
        },
        iter: 10_000);
}
