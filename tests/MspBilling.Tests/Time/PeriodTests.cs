using MspBilling.Core;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Time;

public sealed class PeriodTests
{
    [Theory]
    [InlineData(2024, 9, "2024-09-01", "2024-10-01", 30)]
    [InlineData(2024, 2, "2024-02-01", "2024-03-01", 29)]
    [InlineData(2023, 2, "2023-02-01", "2023-03-01", 28)]
    [InlineData(2100, 2, "2100-02-01", "2100-03-01", 28)]
    [InlineData(2024, 12, "2024-12-01", "2025-01-01", 31)]
    public void Month_IsHalfOpen(int year, int month, string start, string end, int days)
    {
        var period = Period.Month(year, month);

        Assert.Equal((Days.On(start), Days.On(end), days), (period.Start, period.End, period.Days));
        Assert.True(period.Contains(period.Start));
        Assert.True(period.Contains(period.LastDay));
        Assert.False(period.Contains(period.End));
        Assert.False(period.Contains(period.Start.AddDays(-1)));
    }

    [Theory]
    [InlineData("2024-09-14", "2024-10-01", 17)] // the 14th to the 30th, both counted
    [InlineData("2024-09-01", "2024-10-01", 30)]
    [InlineData("2024-01-01", "2024-09-21", 20)]
    [InlineData("2024-09-30", "2024-12-01", 1)]
    [InlineData("2024-10-01", "2024-11-01", 0)]
    [InlineData("2024-08-01", "2024-09-01", 0)]
    public void ShareOf_Part_IsItsDaysOfThirty(string start, string end, int days) =>
        Assert.Equal(new Fraction(days, 30), Days.September.ShareOf(Days.Between(start, end)));

    [Theory]
    [InlineData("2024-02-29", "2024-02-29", 1)]
    [InlineData("2024-02-15", "2024-02-29", 15)]
    public void ShareOf_LeapFebruary_HasTwentyNineDays(string first, string last, int days) =>
        Assert.Equal(new Fraction(days, 29), Period.Month(2024, 2).ShareOf(new Period(Days.On(first), Days.On(last).AddDays(1))));

    [Fact]
    public void Overlap_Touching_IsNone()
    {
        Assert.Null(Days.September.Overlap(Period.Month(2024, 10)));
        Assert.Equal(Days.Between("2024-09-29", "2024-10-01"), Days.September.Overlap(Days.From("2024-09-29")));
    }

    [Theory]
    [InlineData("2024-09-01", "2024-09-01")]
    [InlineData("2024-09-02", "2024-09-01")]
    public void New_EndNotAfterStart_IsRefused(string start, string end) =>
        Assert.Contains($"[{start}, {end})", Assert.Throws<ArgumentException>(() => Days.Between(start, end)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2024-09", "2024-09-01")]
    [InlineData("2024-02", "2024-02-01")]
    [InlineData("0001-01", "0001-01-01")]
    public void TryParseMonth_Month_IsRead(string text, string start)
    {
        Assert.True(Period.TryParseMonth(text, out var month));
        Assert.Equal(Period.MonthOf(Days.On(start)), month);
        Assert.Equal(text, month.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-9")]
    [InlineData("2024-13")]
    [InlineData("2024-00")]
    [InlineData("2024-09-01")]
    [InlineData(" 2024-09")]
    [InlineData("2024/09")]
    [InlineData("9999-12")] // has no day after it
    public void TryParseMonth_AnythingElse_IsNot(string? text) => Assert.False(Period.TryParseMonth(text, out _));

    [Theory]
    [InlineData("2024-09", "2024-09-01", "2024-10-01", "2024-09")]
    [InlineData("2024-07-01..2024-10-01", "2024-07-01", "2024-10-01", "2024-07 2024-08 2024-09")]
    [InlineData("2024-12-14..2025-01-02", "2024-12-14", "2025-01-02", "2024-12 2025-01")]
    public void TryParse_WhatToStringWrites_IsRead(string text, string start, string end, string months)
    {
        Assert.True(Period.TryParse(text, out var period));
        Assert.Equal((Days.Between(start, end), text), (period, period.ToString()));
        Assert.Equal(months, string.Join(' ', period.Months()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2024-09-01..2024-10-01")] // a month is written as one
    [InlineData("2024-10-01..2024-07-01")]
    [InlineData("2024-07-01..2024-07-01")]
    [InlineData("2024-07-01..")]
    [InlineData("2024-07-01...2024-10-01")]
    [InlineData("2024-7-1..2024-10-1")]
    public void TryParse_AnythingElse_IsNot(string? text) => Assert.False(Period.TryParse(text, out _));

    [Fact]
    public void ToString_PartOfAMonth_NamesBothEnds() => Assert.Equal("2024-09-14..2024-10-01", Days.Between("2024-09-14", "2024-10-01").ToString());
}
