using MspBilling.Core.Agreements;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class TimeRoundingTests
{
    [Theory]
    // Worked, minimum, increment, charged, at 95.00.
    [InlineData(0.30, 0.25, 0.25, 0.50, 47.50)]
    [InlineData(0.50, 0.25, 0.25, 0.50, 47.50)]
    [InlineData(0.01, 0.25, 0.25, 0.25, 23.75)]
    [InlineData(0.01, 1.00, 0.25, 1.00, 95.00)]
    [InlineData(1.10, 1.00, 0.25, 1.25, 118.75)]
    [InlineData(0.42, 0.00, 0.10, 0.50, 47.50)]
    [InlineData(0.40, 0.00, 0.10, 0.40, 38.00)]
    [InlineData(0.10, 0.25, 0.10, 0.30, 28.50)] // the minimum of 0.25 is raised to a whole increment too
    [InlineData(0.30, 0.00, 0.125, 0.375, 35.63)] // 35.625
    [InlineData(0.31, 0.00, null, 0.31, 29.45)] // as worked
    [InlineData(0.31, 0.50, null, 0.50, 47.50)] // a minimum without an increment
    [InlineData(0.51, 0.50, null, 0.51, 48.45)]
    [InlineData(0.3333, 0.00, null, 0.3333, 31.66)] // 31.6635
    [InlineData(0.2500001, 0.25, 0.25, 0.50, 47.50)] // a moment above is a whole step
    public void Rate_Entry_IsRaisedToMinimumAndIncrement(decimal worked, decimal minimum, double? increment, decimal charged, decimal amount)
    {
        var rated = Month(Lines.Time("Support", minimum, (decimal?)increment)).Rate(Records.Time("1", worked));

        var line = Assert.Single(rated.Lines);
        Assert.Equal((charged, Eur(amount)), (line.Quantity, line.Amount));
        Assert.Equal(worked, Assert.Single(rated.Dispositions).Quantity.Hours); // conserved as worked, not as charged
    }

    [Theory]
    [InlineData(0.25, 0.125, "0.375 h x 95.00 an hour = 35.63. Each entry is charged in steps of 0.125 h, at least 0.25 h.")]
    [InlineData(0.25, 0.1, "0.40 h x 95.00 an hour = 38.00. Each entry is charged in steps of 0.10 h, at least 0.30 h.")]
    [InlineData(0, 0.1, "0.40 h x 95.00 an hour = 38.00. Each entry is charged in steps of 0.10 h, at least 0.10 h.")]
    [InlineData(0.5, null, "0.50 h x 95.00 an hour = 47.50. Each entry is charged at least 0.50 h.")]
    [InlineData(0, null, "0.31 h x 95.00 an hour = 29.45.")]
    public void Rate_Sentence_CanBeDoneAgain(decimal minimum, double? increment, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Month(Lines.Time("Support", minimum, (decimal?)increment)).Rate(Records.Time("1", 0.31m)).Lines).Explanation.Sentence);

    [Theory]
    // Ticket, start and hours of up to three entries; charged in all, and on each in the order of their start. In steps of 0.25 h, at least 0.25 h.
    [InlineData("9 09:00 0.10|9 10:00 0.10|9 11:00 0.10", 0.50, "0.1 0.1 0.3")] // 0.30 h together are 0.50 h; the last has the extra 0.20 h
    [InlineData("9 11:00 0.10|9 10:00 0.10|9 09:00 0.10", 0.50, "0.1 0.1 0.3")] // in any order
    [InlineData("9 09:00 0.10|8 10:00 0.10|9 11:00 0.10", 0.50, "0.1 0.25 0.15")] // each ticket by itself: 0.20 h are 0.25 h, 0.10 h are 0.25 h
    [InlineData("9 09:00 0.05|9 10:00 0.05", 0.25, "0.05 0.2")] // the minimum once
    [InlineData("9 09:00 0.25|9 10:00 0.25", 0.50, "0.25 0.25")] // nothing to raise
    [InlineData("- 09:00 0.10|- 10:00 0.10", 0.50, "0.25 0.25")] // no ticket: each by itself
    [InlineData("9 21:00 0.10|9 23:30 0.10", 0.50, "0.25 0.25")] // 22:00 and, the next day, 00:30 in Dublin
    [InlineData("9 21:00 0.10|9 22:59 0.10", 0.25, "0.1 0.15")] // 23:59 is the same day, though the work goes on after midnight
    public void Rate_TicketDay_IsRaisedTogether(string entries, decimal charged, string each)
    {
        var line = Lines.Time("Support", 0.25m, 0.25m) with { RoundedBy = RoundingScope.TicketDay };

        var rated = Month(line).Rate([.. entries.Split('|').Select(entry => entry.Split(' ')).Select((entry, i) =>
            Records.Time($"{i}", decimal.Parse(entry[2], System.Globalization.CultureInfo.InvariantCulture), start: $"2024-09-10T{entry[1]}Z") with { TicketId = entry[0] == "-" ? null : entry[0] })]);

        var billed = Assert.Single(rated.Lines);
        Assert.Equal(charged, billed.Quantity);
        Assert.Equal(each, string.Join(' ', billed.Details.Select(detail => detail.Quantity.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.EndsWith("A ticket's entries of one day are charged together in steps of 0.25 h, at least 0.25 h.", billed.Explanation.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    // From 17:50 in Dublin, with business until 18:00: 1/6 h and the rest.
    [InlineData(0.30, "Role 1 time: 0.2778 h x 95 = 26.39; Role 1 time, after hours x 2: 0.2222 h x 190 = 42.22")] // extra 0.20 x 0.1667/0.30 = 0.1111: 0.1667 + 0.1111, and 0.1333 + 0.0889
    [InlineData(0.50, "Role 1 time: 0.1667 h x 95 = 15.84; Role 1 time, after hours x 2: 0.3333 h x 190 = 63.33")] // no extra
    public void Rate_SplitEntry_SpreadsTheExtraOverItsPieces(decimal hours, string expected)
    {
        var rated = Month(Lines.Time("Support", 0.25m, 0.25m) with { AfterHoursFactor = 2 }).Rate(Records.Time("1", hours, start: "2024-09-10T16:50Z"));

        Assert.Equal(expected, TimeMonth.Text(rated));
        Assert.Equal(0.50m, rated.Lines.Sum(line => line.Quantity));
        Assert.Equal(hours, rated.Dispositions.Sum(share => share.Quantity.Hours));
    }

    [Fact]
    public void Rate_HeldEntryOfATicketsDay_IsNotRaisedWithTheOthers()
    {
        var line = Lines.Time("Support", 0, 0.25m) with { RoundedBy = RoundingScope.TicketDay };

        var rated = Month(line).Rate(Records.Time("1", 0.2m) with { TicketId = "9" }, Records.Time("2", 0.2m, "9") with { TicketId = "9" });

        Assert.Equal("Role 1 time: 0.25 h x 95 = 23.75", TimeMonth.Text(rated));
        Assert.Equal("1 Billed 0.2; 2 Held missing-rate 0.2", TimeMonth.Shares(rated));
    }

    private static ClientMonth Month(TimeLine line) => TimeMonth.Of(line) with { References = [Records.Role("1", 95)] };
}
