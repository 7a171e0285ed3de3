using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class ConditionsTests
{
    private static readonly TimeEntry Time = Records.Time("1", 1) with
    {
        WorkType = "Remote", Board = "Service desk", ProjectId = "701", PhaseName = "Build", Tags = ["vip", "env=Prod"],
    };

    private static readonly UsageRecord Usage = Records.Usage("1", 5) with { Sku = "MS-365-E3", SubAccountName = "Corrib production" };
    private static readonly Addition Addition = Records.Addition("1", 1, 5);
    private static readonly Device Device = Records.Device("1");
    private static readonly Milestone Milestone = Records.Milestone("1", 5);
    private static readonly Expense Expense = Records.Expense("1", 1, 5) with { Sku = "CAB-1", TechnicianName = "Nora Kelly", ProjectId = "701" };

    private static readonly Count Count = new()
    {
        Id = new RecordId("rmm", RecordKind.Count, "1"), CompanyId = Records.CompanyId, CompanyName = "Corrib Foods", Sku = "SEAT", Description = "Seats", Day = Days.On("2024-09-14"), Quantity = 5,
    };

    public static TheoryData<string, Activity, ActivityMatch, bool> Cases => new()
    {
        { "nothing asked", Time, new(), true },
        { "kind", Time, new() { Kinds = [ActivityKind.Time] }, true },
        { "one of the kinds", Expense, new() { Kinds = [ActivityKind.Time, ActivityKind.Expense] }, true },
        { "other kind", Count, new() { Kinds = [ActivityKind.Usage] }, false },
        { "no kind", Time, new() { Kinds = [] }, false },
        { "client's id", Device, new() { Clients = ["cw-250"] }, true },
        { "client's name", Device, new() { Clients = ["corrib foods"] }, true },
        { "one of the clients", Device, new() { Clients = ["Other", "Corrib*"] }, true },
        { "other client", Device, new() { Clients = ["Other"] }, false },
        { "technician's id", Time, new() { People = ["7"] }, true },
        { "technician's name", Time, new() { People = ["nora kelly"] }, true },
        { "other technician", Time, new() { People = ["Sean"] }, false },
        { "who had the expense", Expense, new() { People = ["Nora*"] }, true },
        { "expense of nobody", Expense with { TechnicianName = null }, new() { People = ["*"] }, false },
        { "use has no technician", Usage, new() { People = ["*"] }, false },
        { "milestone has no technician", Milestone, new() { People = ["*"] }, false },
        { "role's id", Time, new() { Roles = ["1"] }, true },
        { "role's name", Time, new() { Roles = ["Role 1"] }, true },
        { "other role", Time, new() { Roles = ["Role 2"] }, false },
        { "no role", Time with { RoleId = null, RoleName = null }, new() { Roles = ["*"] }, false },
        { "empty role", Time with { RoleId = null, RoleName = "" }, new() { Roles = ["*"] }, false },
        { "expense has no role", Expense, new() { Roles = ["*"] }, false },
        { "work type", Time, new() { WorkTypes = ["remote"] }, true },
        { "other work type", Time, new() { WorkTypes = ["Travel"] }, false },
        { "no work type", Time with { WorkType = null }, new() { WorkTypes = ["*"] }, false },
        { "board", Time, new() { Boards = ["Service*"] }, true },
        { "other board", Time, new() { Boards = ["Projects"] }, false },
        { "device has no board", Device, new() { Boards = ["*"] }, false },
        { "project's id", Time, new() { Projects = ["701"] }, true },
        { "project's name in the directory", Time, new() { Projects = ["Project 701"] }, true },
        { "project's name on the entry", Time with { ProjectName = "Server move" }, new() { Projects = ["server*"] }, true },
        { "other project", Time, new() { Projects = ["702"] }, false },
        { "no project", Time with { ProjectId = null }, new() { Projects = ["*"] }, false },
        { "milestone's project", Milestone, new() { Projects = ["Project 701"] }, true },
        { "expense's project", Expense, new() { Projects = ["701"] }, true },
        { "expense of no project", Expense with { ProjectId = null }, new() { Projects = ["*"] }, false },
        { "count has no project", Count, new() { Projects = ["*"] }, false },
        { "phase", Time, new() { Phases = ["build"] }, true },
        { "other phase", Time, new() { Phases = ["Test"] }, false },
        { "milestone is a phase", Milestone, new() { Phases = ["Stage 1"] }, true },
        { "expense has no phase", Expense, new() { Phases = ["*"] }, false },
        { "SKU of use", Usage, new() { Skus = ["MS-*"] }, true },
        { "SKU of an addition", Addition, new() { Skus = ["sku-1"] }, true },
        { "SKU of an expense", Expense, new() { Skus = ["*-1"] }, true },
        { "SKU of a count", Count, new() { Skus = ["SEAT"] }, true },
        { "other SKU", Usage, new() { Skus = ["AWS-*"] }, false },
        { "expense without a SKU", Expense with { Sku = null }, new() { Skus = ["*"] }, false },
        { "time has no SKU", Time, new() { Skus = ["*"] }, false },
        { "device has no SKU", Device, new() { Skus = ["*"] }, false },
        { "milestone has no SKU", Milestone, new() { Skus = ["*"] }, false },
        { "device type", Device, new() { DeviceTypes = ["server"] }, true },
        { "other device type", Device, new() { DeviceTypes = ["Printer"] }, false },
        { "count has no device type", Count, new() { DeviceTypes = ["*"] }, false },
        { "addition has no device type", Addition, new() { DeviceTypes = ["*"] }, false },
        { "provider", Usage, new() { Providers = ["azure"] }, true },
        { "other provider", Usage, new() { Providers = ["AWS"] }, false },
        { "time has no provider", Time, new() { Providers = ["*"] }, false },
        { "cloud service", Usage, new() { CloudServices = ["Stor*"] }, true },
        { "other cloud service", Usage, new() { CloudServices = ["Compute"] }, false },
        { "account's id", Usage, new() { Accounts = ["sub-1"] }, true },
        { "account's name", Usage, new() { Accounts = ["*production"] }, true },
        { "other account", Usage, new() { Accounts = ["sub-2"] }, false },
        { "category", Usage, new() { Categories = ["Usage"] }, true },
        { "other category", Usage, new() { Categories = ["Credit", "Tax"] }, false },
        { "device has no category", Device, new() { Categories = ["*"] }, false },
        { "tag's key", Time, new() { Tags = ["vip"] }, true },
        { "key of a tag with a value", Time, new() { Tags = ["ENV"] }, true },
        { "key with a star", Time, new() { Tags = ["en*"] }, true },
        { "key that ends so", Time, new() { Tags = ["*nv"] }, true },
        { "tag's value", Time, new() { Tags = ["env=prod"] }, true },
        { "value with a star", Time, new() { Tags = ["env=P*"] }, true },
        { "other value", Time, new() { Tags = ["env=test"] }, false },
        { "the value alone", Time, new() { Tags = ["prod"] }, false },
        { "other tag", Time, new() { Tags = ["legacy"] }, false },
        { "one of the tags", Time, new() { Tags = ["legacy", "vip"] }, true },
        { "no tags", Usage, new() { Tags = ["*"] }, false },
        { "all conditions", Time, new() { Roles = ["1"], Boards = ["Service desk"], Tags = ["vip"] }, true },
        { "one of the conditions fails", Time, new() { Roles = ["1"], Boards = ["Projects"], Tags = ["vip"] }, false },
        { "conditions of two kinds", Usage, new() { Skus = ["MS-*"], Boards = ["*"] }, false },
        // 2024-09-10 is a Tuesday, the 14th a Saturday, the 20th a Friday.
        { "weekday", Time, new() { Weekdays = [DayOfWeek.Tuesday] }, true },
        { "other weekday", Time, new() { Weekdays = [DayOfWeek.Saturday, DayOfWeek.Sunday] }, false },
        { "weekday of use", Usage, new() { Weekdays = [DayOfWeek.Tuesday] }, true },
        { "weekday of a count", Count, new() { Weekdays = [DayOfWeek.Saturday] }, true },
        { "weekday of a milestone", Milestone, new() { Weekdays = [DayOfWeek.Friday] }, true },
        { "weekday of an expense", Expense, new() { Weekdays = [DayOfWeek.Tuesday] }, true },
        { "what stands has no weekday", Addition, new() { Weekdays = [.. Enum.GetValues<DayOfWeek>()] }, false },
        { "device has no weekday", Device, new() { Weekdays = [.. Enum.GetValues<DayOfWeek>()] }, false },
        { "use has no time of day", Usage, new() { TimeOfDay = Clock("00:00", "00:00") }, false },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Meets_Conditions_HoldAllTogether(string what, Activity activity, ActivityMatch match, bool meets) =>
        Assert.Equal((what, meets), (what, activity.Meets(match, AgreedMonth.Of().Case())));

    // UTC of the start; the span, in Dublin's time: an hour after UTC in September.
    [Theory]
    [InlineData("2024-09-10T07:00Z", "08:00", "18:00", true)] // from
    [InlineData("2024-09-10T06:59Z", "08:00", "18:00", false)]
    [InlineData("2024-09-10T17:00Z", "08:00", "18:00", false)] // to
    [InlineData("2024-09-10T16:59Z", "08:00", "18:00", true)]
    [InlineData("2024-09-10T17:00Z", "18:00", "08:00", true)] // over midnight
    [InlineData("2024-09-10T23:30Z", "18:00", "08:00", true)]
    [InlineData("2024-09-10T06:59Z", "18:00", "08:00", true)]
    [InlineData("2024-09-10T07:00Z", "18:00", "08:00", false)]
    [InlineData("2024-09-10T16:59Z", "18:00", "08:00", false)]
    [InlineData("2024-09-10T12:00Z", "09:00", "09:00", true)] // a whole day
    [InlineData("2024-09-10T22:00Z", "23:00", "00:00", true)] // to midnight
    [InlineData("2024-09-10T23:00Z", "23:00", "00:00", false)]
    // The clock goes back on 27 October at 01:00 UTC: 00:30 and 01:30 UTC are both 01:30.
    [InlineData("2024-10-27T00:30Z", "01:00", "02:00", true)]
    [InlineData("2024-10-27T01:30Z", "01:00", "02:00", true)]
    // It goes forward on 31 March at 01:00 UTC, to 02:00.
    [InlineData("2024-03-31T01:00Z", "02:00", "03:00", true)]
    [InlineData("2024-03-31T01:00Z", "01:00", "02:00", false)]
    public void Meets_TimeOfDay_IsThatOfTheStartAtTheClient(string start, string from, string to, bool meets) =>
        Assert.Equal(meets, (Time with { Start = Days.At(start), Hours = 10 }).Meets(new ActivityMatch { TimeOfDay = Clock(from, to) }, AgreedMonth.Of().Case()));

    [Theory]
    [InlineData("2024-09-13T22:59Z", DayOfWeek.Friday)]
    [InlineData("2024-09-13T23:00Z", DayOfWeek.Saturday)] // 00:00 in Dublin
    public void Meets_Weekday_IsThatOfTheStartAtTheClient(string start, DayOfWeek day) =>
        Assert.Equal([day], Enum.GetValues<DayOfWeek>().Where(weekday => (Time with { Start = Days.At(start) }).Meets(new ActivityMatch { Weekdays = [weekday] }, AgreedMonth.Of().Case())));

    [Theory]
    [InlineData("MS-365", "MS-365", true)]
    [InlineData("ms-365", "MS-365", true)]
    [InlineData("MS-365", "MS-3650", false)]
    [InlineData("MS-*", "MS-365", true)]
    [InlineData("MS-*", "MS-", true)]
    [InlineData("MS-*", "XMS-365", false)]
    [InlineData("*-365", "ms-365", true)]
    [InlineData("*-365", "MS-365-E3", false)]
    [InlineData("*365*", "MS-365-E3", true)]
    [InlineData("*365*", "MS-E3", false)]
    [InlineData("*", "anything", true)]
    [InlineData("*", "", false)]
    [InlineData("*", null, false)]
    [InlineData("MS*E3", "MS-365-E3", false)] // a star inside is a star
    [InlineData("MS*E3", "ms*e3", true)]
    [InlineData("STRASSE", "straße", false)] // compared letter by letter, whatever the culture
    public void Fits_Pattern_HasAStarAtItsEnds(string pattern, string? value, bool fits) => Assert.Equal(fits, Conditions.Fits(pattern, value));

    private static TimeOfDay Clock(string from, string to) =>
        new(TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture));
}
