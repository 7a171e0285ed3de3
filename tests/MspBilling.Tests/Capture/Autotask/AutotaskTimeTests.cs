using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>Time entries of a page: the vendor's own sample, and each decision of the mapping.</summary>
public sealed class AutotaskTimeTests
{
    private const string File = "autotask-time-entries.json";

    private const string Page = """
        {"reading":{"takesHoursToBill":false,"timeZone":"America/New_York"},"labels":{"Tickets.queueID":{"8":"Level 1"}},
        "timeEntries":[{"id":3301,"resourceID":29682885,"ticketID":8001,"taskID":null,"roleID":29683396,"billingCodeID":29682801,"contractID":29683580,
         "contractServiceID":null,"dateWorked":"2026-08-03T00:00:00Z","startDateTime":"2026-08-03T14:00:00Z","endDateTime":"2026-08-03T15:40:00Z",
         "hoursWorked":1.6667,"hoursToBill":1.75,"offsetHours":0.0833,"isNonBillable":false,"showOnInvoice":true,"summaryNotes":"Replaced SSD",
         "billingApprovalDateTime":null,"createDateTime":"2026-08-03T15:41:00Z","lastModifiedDateTime":"2026-08-03T15:45:00.123Z"}],
        "tickets":[{"id":8001,"ticketNumber":"T20260803.0012","title":"Workstation down","companyID":250,"queueID":8,"lastActivityDate":"2026-08-03T15:45:00Z"}],
        "companies":[{"id":250,"companyName":"Contoso Ltd"},{"id":0,"companyName":"Acme MSP"}],"contracts":[{"id":29683580,"companyID":251}],
        "tasks":[{"id":70,"projectID":600,"phaseID":31,"title":"Move mail","lastActivityDateTime":"2026-08-20T10:00:00Z"}],
        "projects":[{"id":600,"projectName":"Server migration","companyID":250,"lastActivityDateTime":"2026-08-21T10:00:00Z"}],"phases":[{"id":31,"title":"Cutover"}],
        "resources":[{"id":29682885,"firstName":"Jane","lastName":"Doe","isActive":false}],"roles":[{"id":29683396,"name":"Engineer"}],"billingCodes":[{"id":29682801,"name":"Remote"}]}
        """;

    private static readonly DateTimeOffset Start = new(2026, 8, 3, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_TimeEntry_IsPutTogether() => Assert.Equal(
        new TimeEntry
        {
            Id = new RecordId("autotask", RecordKind.Time, "3301"),
            Revision = new DateTimeOffset(2026, 8, 3, 15, 45, 0, 123, TimeSpan.Zero),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            AgreementId = "29683580",
            TechnicianId = "29682885",
            TechnicianName = "Jane Doe",
            RoleId = "29683396",
            RoleName = "Engineer",
            WorkType = "Remote",
            Start = Start,
            End = Start.AddMinutes(100),
            Hours = 1.6667m,
            Option = BillingOption.Billable,
            Status = "Unapproved",
            TicketId = "8001",
            TicketSummary = "Workstation down",
            Board = "Level 1",
            Notes = "Replaced SSD",
        },
        One());

    [Fact]
    public void Read_TimeOnATask_IsOfItsProjectAndPhaseAndAsNewAsTheProject()
    {
        var entry = One(("\"ticketID\":8001,\"taskID\":null", "\"ticketID\":null,\"taskID\":70"));

        Assert.Equal(("250", "600", "Server migration", "Cutover", "Move mail", null), (entry.CompanyId, entry.ProjectId, entry.ProjectName, entry.PhaseName, entry.TicketSummary, entry.TicketId));
        Assert.Equal(new DateTimeOffset(2026, 8, 21, 10, 0, 0, TimeSpan.Zero), entry.Revision);
    }

    [Theory]
    [InlineData("\"ticketID\":8001", "\"ticketID\":null", "251", "")] // on nothing, but on a contract of company 251
    [InlineData("\"ticketID\":8001", "\"ticketID\":8002", "251", "")]
    [InlineData("\"contractID\":29683580,\n \"contractServiceID\":null", "\"ticketID \":1", "250", "Contoso Ltd")]
    public void Read_TimeEntry_FindsItsCompany(string right, string other, string id, string name)
    {
        var entry = One((right, other));

        Assert.Equal((id, name), (entry.CompanyId, entry.CompanyName));
    }

    [Theory]
    [InlineData("\"ticketID\":null", "0", "the MSP itself")]
    [InlineData("\"ticketID\":8002", "unknown", "of ticket 8002, which Autotask does not show")]
    public void Read_TimeWithoutAContract_IsTheMspsOwnOrOfNobodyKnown(string ticket, string id, string name)
    {
        var entry = One(("\"ticketID\":8001", ticket), ("\"contractID\":29683580", "\"contractID\":null"));

        Assert.Equal((id, name), (entry.CompanyId, entry.CompanyName));
    }

    [Theory]
    [InlineData("1.6667", "1.75", "0.0833", "1.6667")] // rounding up is left to the agreement
    [InlineData("2", "1.5", "-0.5", "1.5")] // 2.00 - 0.50 = 1.50
    [InlineData("0.25", "0", "-0.5", "0")]
    [InlineData("-1", "-1", "-0.5", "-1")]
    [InlineData("1.5", "null", "null", "1.5")]
    [InlineData("null", "null", "null", "1.6666666666666666666666666667")] // 14:00 to 15:40
    public void Read_Hours_AreThoseWorkedLessWhatWasTakenOff(string worked, string toBill, string offset, string hours) =>
        Assert.Equal(Number(hours), One(("1.6667", worked), ("\"hoursToBill\":1.75", "\"hoursToBill\":" + toBill), ("0.0833", offset)).Hours);

    [Theory]
    [InlineData("1.75", "1.75")]
    [InlineData("0", "0")]
    [InlineData("null", "1.6667")]
    public void Read_Hours_AreThoseToBillWhereTheSettingsSaySo(string toBill, string hours) =>
        Assert.Equal(Number(hours), One(("\"takesHoursToBill\":false", "\"takesHoursToBill\":true"), ("\"hoursToBill\":1.75", "\"hoursToBill\":" + toBill)).Hours);

    [Theory]
    [InlineData("\"isNonBillable\":true,\"showOnInvoice\":true", BillingOption.NoCharge)]
    [InlineData("\"isNonBillable\":true,\"showOnInvoice\":false", BillingOption.DoNotBill)]
    [InlineData("\"isNonBillable\":false,\"showOnInvoice\":false", BillingOption.Billable)]
    [InlineData("\"isNonBillable\":null,\"showOnInvoice\":null", BillingOption.Billable)]
    public void Read_NonBillable_IsShownOrNot(string flags, BillingOption option) => Assert.Equal(option, One(("\"isNonBillable\":false,\"showOnInvoice\":true", flags)).Option);

    [Fact]
    public void Read_ApprovalDate_IsApproved() =>
        Assert.Equal("Approved", One(("\"billingApprovalDateTime\":null", "\"billingApprovalDateTime\":\"2026-08-05T09:00:00Z\"")).Status);

    [Fact]
    public void Read_DayWithoutTime_IsNoonOfTheMsp()
    {
        var entry = One(("\"startDateTime\":\"2026-08-03T14:00:00Z\"", "\"startDateTime\":null"));

        Assert.Equal((new DateTimeOffset(2026, 8, 3, 12, 0, 0, TimeSpan.FromHours(-4)), null), (entry.Start, entry.End));
    }

    [Fact]
    public void Read_DayAtTheEndOfTime_IsRead() => Assert.Equal(
        new DateTimeOffset(9999, 12, 31, 12, 0, 0, TimeSpan.Zero),
        One(("\"startDateTime\":\"2026-08-03T14:00:00Z\"", "\"startDateTime\":null"), ("2026-08-03T00:00:00Z", "9999-12-31"), ("America/New_York", "Etc/GMT+12")).Start);

    [Fact]
    public void Read_NoInternalCompany_IsTheVendors() =>
        Assert.Equal("0", One(("\"reading\":{", "\"reading\":{\"internalCompanies\":[],"), ("\"ticketID\":8001", "\"ticketID\":null"), ("\"contractID\":29683580", "\"contractID\":null")).CompanyId);

    [Fact]
    public void Read_NamesInAnotherCase_AreTheSame() =>
        Assert.Equal(One(), One(("\"ticketID\":8001", "\"TicketID\":8001"), ("\"hoursWorked\"", "\"HoursWorked\""), ("\"companyName\":\"Contoso", "\"CompanyName\":\"Contoso"), ("\"resourceID\"", "\"ResourceId\"")));

    [Fact]
    public void Read_VendorsAnswer_IsReadAsFarAsItTells()
    {
        var entry = ImportFiles.Records<TimeEntry>(File, """{"items":[{"id":1,"resourceID":2,"contractID":3,"dateWorked":"2026-08-03T00:00:00Z","hoursWorked":1}],"pageDetails":{"count":1}}""").Single();

        Assert.Equal(("0", "resource 2", new DateTimeOffset(2026, 8, 3, 12, 0, 0, TimeSpan.Zero)), (entry.CompanyId, entry.TechnicianName, entry.Start));
    }

    [Theory]
    [InlineData("\"hoursWorked\":1.6667", "\"hoursWorked\":\"1.6667\"", "line 4, column 16: timeEntries[0].hoursWorked is '1.6667', expected a number like 12.5, below a trillion")]
    [InlineData("\"resourceID\":29682885,", "", "line 2, column 16: timeEntries[0].resourceID: expected a whole number of 0 or more, but it is missing")]
    [InlineData("\"timeEntries\"", "\"entries\"", "line 1, column 1: timeEntries: expected a list in brackets of what Autotask answers to a query of TimeEntries, but it is missing")]
    [InlineData("\"America/New_York\"", "\"Mars\"", "line 1, column 49: reading.timeZone is 'Mars', expected an IANA time zone such as Europe/Dublin")]
    public void Read_WrongPage_SaysWhatAndWhere(string right, string wrong, string problem) =>
        Assert.Equal(["autotask-time-entries.json, " + problem], ImportFiles.Problems(File, Change(Page, right, wrong)));

    private static TimeEntry One(params (string Right, string Other)[] changes) =>
        ImportFiles.Records<TimeEntry>(File, changes.Aggregate(Page, (page, change) => Change(page, change.Right, change.Other))).Single();

    private static string Change(string page, string right, string other)
    {
        Assert.Contains(right, page, StringComparison.Ordinal);
        return page.Replace(right, other, StringComparison.Ordinal);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
