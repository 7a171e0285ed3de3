using System.Text.Json;
using MspBilling.Core;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Sample;

public sealed class SampleTimeEntriesTests
{
    private static readonly IReadOnlyList<JsonElement> Entries = SampleReading.Records("time-entries.json");

    [Fact]
    public void Entries_OfTheMonth_AreAboutFifteenHundredWithOwnIds()
    {
        Assert.InRange(Entries.Count, 1_400, 1_600);
        Assert.Equal(Entries.Count, Entries.Select(entry => entry.Id()).Distinct().Count());
    }

    [Fact]
    public void Technician_InTheMonth_NeverWorksTwoEntriesAtOnce() => Assert.All(
        Entries.GroupBy(entry => entry.IdOf("member")),
        ofMember =>
        {
            var inOrder = ofMember.OrderBy(entry => entry.Instant("timeStart")).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(
                pair.First.Instant("timeEnd") <= pair.Second.Instant("timeStart"), $"{pair.First.Id()} runs into {pair.Second.Id()}"));
        });

    // 100 minutes without a break are 1.67; 150 minutes with a quarter of an hour off are 2.25.
    [Fact]
    public void ActualHours_OfEveryEntry_AreSpanLessBreakToTwoPlaces() => Assert.All(Entries, entry =>
    {
        var span = (decimal)(entry.Instant("timeEnd") - entry.Instant("timeStart")).TotalMinutes / 60m;
        Assert.Equal(Rounding.ToPlaces(span - entry.Number("hoursDeduct"), 2), entry.Number("actualHours"));
    });

    [Fact]
    public void Technician_OnAWorkday_WorksSixToEightHoursInTheOffice()
    {
        var days = Entries.Where(entry => entry.Id() < 90_000).GroupBy(entry => (entry.IdOf("member"), entry.Text("timeStart")[..10])).ToList();

        // Nine technicians on 21 weekdays, less Labor Day for the two in Austin.
        Assert.Equal((9 * 21) - 2, days.Count);
        Assert.All(days, day => Assert.InRange(day.Sum(entry => entry.Number("actualHours")), 6m, 8m));
    }

    [Fact]
    public void Entries_OfTheMspItself_AreInternalAndNotToBill()
    {
        var own = Entries.Where(entry => entry.IdOf("company") == 1).ToList();

        Assert.InRange(own.Sum(entry => entry.Number("actualHours")) / Entries.Sum(entry => entry.Number("actualHours")), 0.12m, 0.25m);
        Assert.All(own, entry => Assert.Equal(("DoNotBill", 0), (entry.Text("billableOption"), entry.IdOf("agreement"))));
    }

    [Theory]
    [InlineData("PendingApproval", 25)]
    [InlineData("Open", 4)]
    [InlineData("Rejected", 3)]
    [InlineData("WrittenOff", 3)]
    public void Status_OtherThanApproved_StandsOnAsManyAsTheStoryTells(string status, int count) =>
        Assert.Equal(count, Entries.Count(entry => entry.Text("status") == status));

    [Fact]
    public void Status_OfTheRest_IsApproved() => Assert.All(
        Entries.Where(entry => entry.Text("status") is not ("PendingApproval" or "Open" or "Rejected" or "WrittenOff")),
        entry => Assert.True(entry.Text("status") is "ApprovedByTierTwo" or "ReadyToBill", $"{entry.Id()} is {entry.Text("status")}"));

    [Fact]
    public void Notes_OfClientsWork_AreVariedAndFilledIn()
    {
        var notes = Entries.Select(entry => entry.Text("notes")).ToList();

        Assert.DoesNotContain(notes, note => note.Contains('{', StringComparison.Ordinal));
        Assert.True(notes.Distinct().Count() > 600);
    }

    [Theory]
    [InlineData(90_021, "2024-10-01T03:00:00Z", "America/Chicago", "2024-09-30")] // 22:00 the evening before
    [InlineData(90_022, "2024-10-01T04:30:00Z", "America/Chicago", "2024-09-30")] // 23:30, ends on 1 October
    [InlineData(90_023, "2024-09-01T02:00:00Z", "America/Chicago", "2024-08-31")] // 21:00: August's
    [InlineData(90_024, "2024-08-31T23:15:00Z", "Europe/Dublin", "2024-09-01")] // 00:15
    [InlineData(90_025, "2024-09-30T23:10:00Z", "Europe/Dublin", "2024-10-01")] // 00:10: October's
    [InlineData(90_026, "2024-09-30T22:15:00Z", "Europe/Berlin", "2024-10-01")] // 00:15, while it is 23:15 in Dublin
    public void Entry_AroundMidnight_FallsOnTheClientsOwnDate(int id, string start, string zone, string localDate)
    {
        var entry = SampleReading.Numbered("time-entries.json", id);
        var client = SampleReading.Json("msp-settings.json").GetProperty("clients").EnumerateArray()
            .Single(each => each.Text("identifier") == entry.GetProperty("company").Text("identifier"));

        Assert.Equal((start, zone), (entry.Text("timeStart"), client.Text("timeZone")));
        Assert.Equal(localDate, $"{LocalDates.In(TimeZoneInfo.FindSystemTimeZoneById(zone), entry.Instant("timeStart")):yyyy-MM-dd}");
    }

    [Fact]
    public void Tickets_AndPhases_CarryTheHoursOfTheirEntries()
    {
        Assert.All(SampleReading.Records("service-tickets.json"), ticket => Assert.Equal(
            Entries.Where(entry => entry.IdOf("ticket") == ticket.Id()).Sum(entry => entry.Number("actualHours")), ticket.Number("actualHours")));
        Assert.All(SampleReading.Records("project-phases.json"), phase => Assert.Equal(
            Entries.Where(entry => entry.IdOf("phase") == phase.Id()).Sum(entry => entry.Number("actualHours")), phase.Number("actualHours")));
    }
}
