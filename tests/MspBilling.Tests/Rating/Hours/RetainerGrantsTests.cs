using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

public sealed class RetainerGrantsTests
{
    [Theory]
    // The first of the month in which the agreement begins; the month in which it begins is granted whole.
    [InlineData("2024-01-01", null, 1, 0, "2024-01-01", "2024-02-01", null, "2024-01-01..2024-02-01 for January 2024")]
    [InlineData("2024-01-17", null, 1, 0, "2024-01-01", "2024-02-01", null, "2024-01-17..2024-02-01 for January 2024")]
    // The 31st becomes the month's last day, and the 31st again: 29 February, 31 March, 30 April.
    [InlineData("2024-01-01", "2024-01-31", 1, 0, "2024-02-01", "2024-03-01", "2024-02-01", "2024-02-29..2024-03-31 for 2024-02-29 to 2024-03-30")]
    [InlineData("2024-01-01", "2024-01-31", 1, 0, "2024-03-01", "2024-04-01", "2024-03-01", "2024-03-31..2024-04-30 for 2024-03-31 to 2024-04-29")]
    [InlineData("2024-01-01", "2024-01-31", 1, 0, "2024-04-01", "2024-05-01", "2024-04-01", "2024-04-30..2024-05-31 for 2024-04-30 to 2024-05-30")]
    // The cycle that runs when the agreement begins, 31 December to 30 January, and the one after it.
    [InlineData("2024-01-01", "2024-01-31", 1, 0, "2024-01-01", "2024-02-01", null, "2024-01-01..2024-01-31 for 2023-12-31 to 2024-01-30, 2024-01-31..2024-02-29 for 2024-01-31 to 2024-02-28")]
    // Quarters: nothing in their second month.
    [InlineData("2024-01-01", null, 3, 0, "2024-02-01", "2024-03-01", "2024-02-01", "")]
    [InlineData("2024-01-01", null, 3, 0, "2024-04-01", "2024-05-01", "2024-04-01", "2024-04-01..2024-07-01 for 2024-04-01 to 2024-06-30")]
    [InlineData("2024-02-01", null, 3, 1, "2024-02-01", "2024-03-01", null, "2024-02-01..2024-08-01 for 2024-02-01 to 2024-04-30")]
    [InlineData("2024-01-01", "2024-03-15", 6, 0, "2024-01-01", "2024-02-01", null, "2024-01-01..2024-03-15 for 2023-09-15 to 2024-03-14")]
    // A leap day: 28 February in other years, 29 again four years on.
    [InlineData("2024-01-01", "2024-02-29", 12, 0, "2025-02-01", "2025-03-01", "2025-02-01", "2025-02-28..2026-02-28 for 2025-02-28 to 2026-02-27")]
    [InlineData("2024-01-01", "2024-02-29", 12, 0, "2028-02-01", "2028-03-01", "2028-02-01", "2028-02-29..2029-02-28 for 2028-02-29 to 2029-02-27")]
    // September that rolls over 2 cycles ends with November.
    [InlineData("2024-01-01", null, 1, 2, "2024-09-01", "2024-10-01", "2024-09-01", "2024-09-01..2024-12-01 for September 2024")]
    [InlineData("2024-01-01", null, 1, 2_000_000_000, "2024-09-01", "2024-10-01", "2024-09-01", "2024-09-01.. for September 2024")]
    // Billed for the first time: what can still be drawn of earlier cycles is granted too, but no cycle from before the agreement.
    [InlineData("2023-01-01", null, 1, 2, "2024-09-01", "2024-10-01", null, "2024-07-01..2024-10-01 for July 2024, 2024-08-01..2024-11-01 for August 2024, 2024-09-01..2024-12-01 for September 2024")]
    [InlineData("2024-08-10", null, 1, 5, "2024-09-01", "2024-10-01", null, "2024-08-10..2025-02-01 for August 2024, 2024-09-01..2025-03-01 for September 2024")]
    [InlineData("2023-01-01", null, 1, 0, "2024-09-01", "2024-10-01", null, "2024-09-01..2024-10-01 for September 2024")]
    // Granted already.
    [InlineData("2023-01-01", null, 1, 2, "2024-09-01", "2024-10-01", "2024-10-01", "")]
    // A month that was not billed: what has ended since is not granted.
    [InlineData("2023-01-01", null, 1, 0, "2024-09-01", "2024-10-01", "2024-08-01", "2024-09-01..2024-10-01 for September 2024")]
    [InlineData("2023-01-01", null, 1, 1, "2024-09-01", "2024-10-01", "2024-08-01", "2024-08-01..2024-10-01 for August 2024, 2024-09-01..2024-11-01 for September 2024")]
    // An anchor that lies ahead counts back.
    [InlineData("2024-01-01", "2025-01-10", 1, 0, "2024-09-01", "2024-10-01", "2024-09-01", "2024-09-10..2024-10-10 for 2024-09-10 to 2024-10-09")]
    // Periods that are not months.
    [InlineData("2024-01-01", null, 1, 0, "2024-09-10", "2024-09-20", "2024-09-10", "")]
    [InlineData("2024-01-01", "2024-01-19", 1, 0, "2024-09-10", "2024-09-20", "2024-09-10", "2024-09-19..2024-10-19 for 2024-09-19 to 2024-10-18")]
    [InlineData("2024-01-01", "2024-01-20", 1, 0, "2024-09-10", "2024-09-20", "2024-09-10", "")]
    [InlineData("2024-01-01", null, 1, 0, "2024-09-01", "2024-11-01", "2024-09-01", "2024-09-01..2024-10-01 for September 2024, 2024-10-01..2024-11-01 for October 2024")]
    public void Cycles_FromTheAnchor_AreGrantedOnce(string begin, string? anchor, int months, int rollOver, string from, string to, string? grantedTo, string expected)
    {
        var line = RetainerCase.Hours(16) with { CycleMonths = months, Anchor = anchor is null ? null : Days.On(anchor), RollOverCycles = rollOver };

        Assert.Equal(expected, Granted(new RetainerCase { Term = Days.From(begin), Lines = [line] }, line, Days.Between(from, to), grantedTo));
    }

    [Theory]
    [InlineData("2024-09-12", null, "2024-09-01", "2024-09-12.. bought on 2024-09-12, billed")]
    [InlineData("2024-09-01", "2025-09-01", "2024-09-01", "2024-09-01..2025-09-01 bought on 2024-09-01, billed")]
    [InlineData("2024-09-30", null, "2024-09-01", "2024-09-30.. bought on 2024-09-30, billed")]
    [InlineData("2024-10-01", null, "2024-09-01", "")]
    [InlineData("2024-08-31", null, "2024-09-01", "")] // granted with August
    [InlineData("2024-08-31", null, null, "2024-08-31.. bought on 2024-08-31")] // billed for the first time: drawn, but August's own price is not billed now
    [InlineData("2024-03-01", "2024-09-02", null, "2024-03-01..2024-09-02 bought on 2024-03-01")]
    [InlineData("2024-03-01", "2024-09-01", null, "")] // ended before the period
    [InlineData("2023-12-15", null, null, "2024-01-01.. bought on 2023-12-15")] // before the agreement: not billed by it
    [InlineData("2024-09-12", "2024-09-12", "2024-09-01", "")] // no day to draw it on
    public void Blocks_ByTheDayTheyWereBought_AreGrantedOnceAndBilledInTheirPeriod(string bought, string? expires, string? grantedTo, string expected)
    {
        var line = RetainerCase.Hours() with { Blocks = [new RetainerBlock(Days.On(bought), 10, expires is null ? null : Days.On(expires), 950)] };

        Assert.Equal(expected, Granted(new RetainerCase { Lines = [line] }, line, Days.September, grantedTo));
    }

    [Fact]
    public void Blocks_ListedLate_CountFromTheVersionThatListsThem()
    {
        var bought = new RetainerBlock(Days.On("2024-08-20"), 10, null, 950);
        var late = new RetainerBlock(Days.On("2024-08-25"), 5, null, 500);
        var first = RetainerCase.Hours() with { Blocks = [bought] };
        var second = RetainerCase.Hours() with { Blocks = [bought, late, bought] };
        var @case = new RetainerCase { Versions = [Version(1, "2024-01-01", "2024-09-01", first), Version(2, "2024-09-01", "2025-01-01", second)] };

        // The first of the two equal blocks was granted in August; the other and the late one are September's.
        Assert.Equal("2024-09-01.. bought on 2024-08-25, billed, 2024-09-01.. bought on 2024-08-20, billed", Granted(@case, second, Days.September, "2024-09-01"));
    }

    [Fact]
    public void Cycles_OfALineThatALaterVersionAdds_BeginWithThatVersion()
    {
        var line = RetainerCase.Hours(16) with { RollOverCycles = 6 };
        var @case = new RetainerCase { Versions = [Version(1, "2024-01-01", "2024-08-20"), Version(2, "2024-08-20", "2025-01-01", line)] };

        Assert.Equal("2024-08-20..2025-03-01 for August 2024, 2024-09-01..2025-04-01 for September 2024", Granted(@case, line, Days.September, null));
    }

    [Fact]
    public void Cycles_OfALineThatWasGoneForSomeMonths_LeaveTheseOut()
    {
        var line = RetainerCase.Hours(16) with { RollOverCycles = 6 };
        var @case = new RetainerCase { Versions = [Version(1, "2024-01-01", "2024-04-01", line), Version(2, "2024-04-01", "2024-09-01"), Version(3, "2024-09-01", "2025-01-01", line)] };

        Assert.Equal("2024-09-01..2025-04-01 for September 2024", Granted(@case, line, Days.September, "2024-04-01"));
    }

    [Fact]
    public void Cycles_OfALineGoneAndBackWithinOne_AreNotGrantedTwice()
    {
        var line = RetainerCase.Hours(16);
        var @case = new RetainerCase { Versions = [Version(1, "2024-01-01", "2024-09-10", line), Version(2, "2024-09-10", "2024-09-20"), Version(3, "2024-09-20", "2025-01-01", line)] };

        Assert.Equal("2024-09-01..2024-10-01 for September 2024", Granted(@case, line, Days.September, "2024-09-01"));
        Assert.Equal("2024-09-01", @case.Parts(Days.September, CarriedState.None)[0].InForce.Start.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(RetainerGrants.Of(@case.Parts(Days.September, CarriedState.None)[2], line, Days.On("2024-09-10")));
    }

    private static AgreementVersion Version(int number, string from, string to, params AgreementLine[] lines) =>
        new(number, Days.Between(from, to), [.. lines, RetainerCase.Support], []);

    private static string Granted(RetainerCase @case, RetainerLine line, Period period, string? grantedTo)
    {
        var part = @case.Parts(period, CarriedState.None).First(part => part.Version.Lines.Contains(line));
        var grants = RetainerGrants.Of(part, line, grantedTo is null ? null : Days.On(grantedTo));
        return string.Join(", ", grants.Select(grant => $"{RetainerCase.Span(grant.Lot.GrantedOn, grant.Lot.EndsOn)} {grant.Words}{(grant.Sold is null ? "" : ", billed")}"));
    }
}
