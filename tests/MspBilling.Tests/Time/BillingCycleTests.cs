using CsCheck;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Time;

public sealed class BillingCycleTests
{
    [Theory]
    // Anchor, months, day, the cycle's first day, the first day after it.
    [InlineData("2024-01-01", 1, "2024-09-14", "2024-09-01", "2024-10-01")]
    [InlineData("2024-01-15", 1, "2024-09-14", "2024-08-15", "2024-09-15")]
    [InlineData("2024-01-15", 1, "2024-09-15", "2024-09-15", "2024-10-15")]
    [InlineData("2024-01-31", 1, "2024-01-31", "2024-01-31", "2024-02-29")]
    [InlineData("2024-01-31", 1, "2024-02-28", "2024-01-31", "2024-02-29")]
    [InlineData("2024-01-31", 1, "2024-02-29", "2024-02-29", "2024-03-31")]
    [InlineData("2024-01-31", 1, "2024-03-30", "2024-02-29", "2024-03-31")]
    [InlineData("2024-01-31", 1, "2024-03-31", "2024-03-31", "2024-04-30")] // not dragged to the 29th
    [InlineData("2024-01-31", 1, "2024-04-30", "2024-04-30", "2024-05-31")]
    [InlineData("2024-01-31", 1, "2024-06-30", "2024-06-30", "2024-07-31")]
    [InlineData("2024-01-31", 1, "2024-09-30", "2024-09-30", "2024-10-31")]
    [InlineData("2024-01-31", 1, "2024-11-30", "2024-11-30", "2024-12-31")]
    [InlineData("2024-01-31", 1, "2024-12-31", "2024-12-31", "2025-01-31")]
    [InlineData("2024-01-31", 1, "2025-02-28", "2025-02-28", "2025-03-31")]
    [InlineData("2024-01-30", 1, "2024-02-29", "2024-02-29", "2024-03-30")]
    [InlineData("2023-01-30", 1, "2023-02-28", "2023-02-28", "2023-03-30")]
    [InlineData("2024-01-29", 1, "2024-02-29", "2024-02-29", "2024-03-29")]
    [InlineData("2023-01-29", 1, "2023-02-28", "2023-02-28", "2023-03-29")]
    [InlineData("2024-02-29", 12, "2025-02-28", "2025-02-28", "2026-02-28")]
    [InlineData("2024-02-29", 12, "2028-02-29", "2028-02-29", "2029-02-28")]
    [InlineData("2024-02-29", 12, "2028-02-28", "2027-02-28", "2028-02-29")]
    [InlineData("2024-01-01", 3, "2024-09-30", "2024-07-01", "2024-10-01")]
    [InlineData("2023-11-30", 3, "2024-02-29", "2024-02-29", "2024-05-30")]
    [InlineData("2023-11-30", 3, "2024-02-28", "2023-11-30", "2024-02-29")]
    [InlineData("2024-08-31", 6, "2025-03-01", "2025-02-28", "2025-08-31")]
    [InlineData("2024-01-01", 6, "2024-09-14", "2024-07-01", "2025-01-01")]
    [InlineData("2024-04-01", 12, "2024-03-31", "2023-04-01", "2024-04-01")] // before the anchor
    [InlineData("2024-10-31", 1, "2024-02-29", "2024-02-29", "2024-03-31")]
    [InlineData("2024-10-15", 3, "2024-07-14", "2024-04-15", "2024-07-15")]
    [InlineData("2024-01-01", 3, "9999-12-30", "9999-10-01", "9999-12-31")] // dates end here
    public void Containing_Day_IsTheCycleFromTheAnchor(string anchor, int months, string day, string start, string end) =>
        Assert.Equal(Days.Between(start, end), new BillingCycle(Days.On(anchor), months).Containing(Days.On(day)));

    [Fact]
    public void Containing_EachMonthOfAYear_IsClampedToItsEnd()
    {
        var cycle = new BillingCycle(Days.On("2023-12-31"), 1);

        Assert.Equal(
            ["01-31", "02-29", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"],
            cycle.Overlapping(Days.Between("2024-01-31", "2025-01-01")).Select(each => each.ToString()[5..10]));
    }

    [Theory]
    [InlineData("2024-03-17", null, "2024-03-01")]
    [InlineData("2024-03-17", "2024-03-17", "2024-03-17")]
    public void Of_NoAnchor_IsTheFirstOfTheMonthInWhichTheAgreementBegins(string begins, string? anchor, string expected) =>
        Assert.Equal(Days.On(expected), BillingCycle.Of(3, anchor is null ? null : Days.On(anchor), Days.On(begins)).Anchor);

    [Theory]
    [InlineData("2024-09-01", "2024-10-01", 2)] // from 15 August and from 15 September
    [InlineData("2024-09-15", "2024-10-15", 1)]
    [InlineData("2024-09-14", "2024-09-15", 1)]
    [InlineData("2024-09-14", "2024-09-16", 2)]
    public void Overlapping_Days_AreThoseThatShareOne(string start, string end, int cycles) =>
        Assert.Equal(cycles, new BillingCycle(Days.On("2024-01-15"), 1).Overlapping(Days.Between(start, end)).Count());

    [Fact]
    public void NoMonths_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new BillingCycle(Days.On("2024-01-01"), 0));

    [Fact]
    public void AnyAnchor_TilesTheCalendar() => Gen.Select(Gen.Int[0, 40_000], Gen.OneOf(1, 3, 6, 12), Gen.Int[0, 40_000], Gen.Int[1, 1_500]).Sample(
        (anchor, months, start, length) =>
        {
            var first = Days.On("1950-01-01");
            var cycle = new BillingCycle(first.AddDays(anchor), months);
            var days = new Period(first.AddDays(start), first.AddDays(start + length));
            var cycles = cycle.Overlapping(days).ToList();

            Assert.True(cycles[0].Contains(days.Start) && cycles[^1].Contains(days.LastDay));
            Assert.All(cycles.Zip(cycles.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
            Assert.All(cycles, each =>
            {
                // Each begins on the anchor's day, or on the last of a month that has no such day.
                Assert.Equal(Math.Min(cycle.Anchor.Day, DateTime.DaysInMonth(each.Start.Year, each.Start.Month)), each.Start.Day);
                Assert.Equal((each, each), (cycle.Containing(each.Start), cycle.Containing(each.LastDay)));
            });
        },
        iter: 10_000);
}
