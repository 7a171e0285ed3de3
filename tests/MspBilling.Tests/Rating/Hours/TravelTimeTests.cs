using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class TravelTimeTests
{
    public static TheoryData<Travel, decimal, string, string> Priced => new()
    {
        // The rate is 100.00, after hours 1.5 times; 17:30 in Dublin on a Tuesday, with business until 18:00.
        { new Travel(["Travel"], Factor: 0.5m), 0.5m, "2024-09-10T16:30Z", "Role 1 time, travel x 0.5: 0.5 h x 50 = 25.00" },
        { new Travel(["Travel"], Factor: 0.5m), 1, "2024-09-10T16:30Z", "Role 1 time, travel x 0.5: 0.5 h x 50 = 25.00; Role 1 time, travel x 0.5, after hours x 1.5: 0.5 h x 75 = 37.50" }, // times the rate that the time would have
        { new Travel(["Travel"], HourlyPrice: 60), 1, "2024-09-10T16:30Z", "Travel time: 1 h x 60 = 60.00" }, // no factor
        { new Travel(["Travel"], PricePerTrip: 45), 1, "2024-09-10T16:30Z", "Travel: 1 trip x 45 = 45.00" },
        { new Travel(["Travel"], PricePerTrip: 45), 7, "2024-09-10T16:30Z", "Travel: 1 trip x 45 = 45.00" }, // whatever its hours
        { new Travel(["Travel"], IsIncluded: true), 1, "2024-09-10T16:30Z", "Travel, included: 1 h x 0 = 0.00" },
        { new Travel(["commute", "TRAVEL"], HourlyPrice: 60), 1, "2024-09-10T09:00Z", "Travel time: 1 h x 60 = 60.00" }, // any of its work types, in any case
        { new Travel(["Commute"], HourlyPrice: 60), 1, "2024-09-10T09:00Z", "Role 1 time: 1 h x 100 = 100.00" }, // not travel
    };

    [Theory]
    [MemberData(nameof(Priced))]
    public void Rate_Travel_HasItsOwnPrice(Travel travel, decimal hours, string start, string expected)
    {
        var rated = TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m, Travel = travel }).Rate(Records.Time("1", hours, start: start) with { WorkType = "Travel" });

        Assert.Equal(expected, TimeMonth.Text(rated));
        Assert.Equal(hours, rated.Dispositions.Sum(share => share.Quantity.Hours));
    }

    [Fact]
    public void Rate_Trips_AreOneLineWithTheirHoursInTheDetail()
    {
        var line = Assert.Single(TimeMonth.Of(Lines.Time() with { Travel = new Travel(["Travel"], PricePerTrip: 45), MinimumHours = 1 }).Rate(
            Records.Time("1", 0.4m, null) with { WorkType = "Travel" }, Records.Time("2", 2, "9") with { WorkType = "Travel" }).Lines);

        Assert.Equal(("Travel", 2m, "trip", "2 trips x 45.00 = 90.00.", "Travel@45/trip"), (line.Description, line.Quantity, line.Unit, line.Explanation.Sentence, line.Item));
        Assert.Equal([(1m, "trip", "0.40 h worked"), (1m, "trip", "2.00 h worked")], line.Details.Select(detail => (detail.Quantity, detail.Unit, detail.Treatment)));
    }

    [Fact]
    public void Rate_IncludedTravel_IsCoveredWithoutARate()
    {
        var rated = TimeMonth.Of(Lines.Time() with { Travel = new Travel(["Travel"], IsIncluded: true) }).Rate(Records.Time("1", 1.5m, "9") with { WorkType = "Travel" });

        var line = Assert.Single(rated.Lines);
        Assert.Equal((LineKind.Covered, "1.50 h of travel are included in Gold support."), (line.Kind, line.Explanation.Sentence));
        Assert.Equal("1 Covered included-travel 1.5", TimeMonth.Shares(rated));
    }

    [Theory]
    // 8 h a day: 7 h of travel before 2 h of work leave 1 h.
    [InlineData(true, "Travel, included: 7 h x 0 = 0.00; Role 1 time: 1 h x 100 = 100.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00")]
    [InlineData(false, "Role 1 time: 1 h x 100 = 100.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00; Travel time: 7 h x 60 = 420.00")]
    public void Rate_Travel_CountsForOvertimeAndIsNotRaisedByIt(bool isIncluded, string expected)
    {
        var travel = isIncluded ? new Travel(["Travel"], IsIncluded: true) : new Travel(["Travel"], HourlyPrice: 60);

        Assert.Equal(expected, TimeMonth.Text(TimeMonth.Of(TimeMonth.Line with { Overtime = new Overtime(8, null, 1.5m), Travel = travel }).Rate(
            Records.Time("1", 7, start: "2024-09-10T06:00Z") with { WorkType = "Travel" }, Records.Time("2", 2, start: "2024-09-10T13:00Z"))));
    }
}
