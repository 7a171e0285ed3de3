using System.Globalization;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>The vendor's samples of time, and each decision of the mapping.</summary>
public sealed class HaloTimeTests
{
    private const string Event = """
        {"id":44120,"event_type":1,"subject":"0041551 Workstation down","start_date":"2026-08-03T14:00:00","end_date":"2026-08-03T15:40:00","timetaken":1.6667,
         "agent_id":17,"ticket_id":41551,"action_number":3,"action_invoice_number":0,"charge_rate":2,"client_id":25,"site_id":31,"contract_id":88,"traveltime":0.0,"note":"Replaced SSD"}
        """;

    private const string Action = """
        {"id":3,"ticket_id":41551,"datetime":"2026-08-03T15:40:00","who":"Jane Doe","who_agentid":17,"outcome":"Time Entry","timetaken":1.5,
         "timetakenadjusted":1.75,"nonbilltime":0.0,"traveltime":0.0,"chargerate":2,"actionchargehours":1.75,"actionnonchargehours":0.0,"actisbillable":true,"action_contract_id":88,
         "actioninvoicenumber":"","timesheet_approval_status":1}
        """;

    private const string Ticket = """{"id":41551,"summary":"Workstation down","client_id":26,"client_name":"Fabrikam","contract_id":90,"parent_id":41000,"last_update":"2026-08-04T08:00:00","tickettype_name":"Incident","milestone_name":"Cutover"}""";
    private const string Parent = """{"id":41000,"summary":"Task","parent_id":60010,"client_id":26}""";
    private const string Project = """{"id":60010,"summary":"Server migration","is_project":true,"client_id":26,"parent_id":0}""";

    private static readonly string[] Numbers = ["HL-000041", "INV-1"];

    [Fact]
    public void Read_TimesheetEvent_TakesWorkedHoursByItsAction() => Assert.Equal(
        new TimeEntry
        {
            Id = Id("41551/3"),
            CompanyId = "25",
            CompanyName = "client 25",
            AgreementId = "88",
            TechnicianId = "17",
            TechnicianName = "agent 17",
            RoleId = "2",
            RoleName = "Charge rate 2",
            Start = Utc("2026-08-03T14:00"),
            End = Utc("2026-08-03T15:40"),
            Hours = 1.6667m,
            Status = "Approved",
            TicketId = "41551",
            TicketSummary = "0041551 Workstation down",
            Notes = "Replaced SSD",
        },
        Assert.Single(Events(Event)));

    [Fact]
    public void Read_Action_TakesWorkedHoursBeforeItWasDone() => Assert.Equal(
        new TimeEntry
        {
            Id = Id("41551/3"),
            CompanyId = "0",
            CompanyName = "client 0",
            AgreementId = "88",
            TechnicianId = "17",
            TechnicianName = "Jane Doe",
            RoleId = "2",
            RoleName = "Charge rate 2",
            WorkType = "Time Entry",
            Start = Utc("2026-08-03T14:10"), // 15:40 less 1.5 h
            End = Utc("2026-08-03T15:40"),
            Hours = 1.5m,
            Status = "Approved",
            TicketId = "41551",
        },
        Assert.Single(Actions(Action)));

    [Theory]
    [InlineData("\"event_type\":1", "\"break_type\":1")]
    [InlineData("\"event_type\":1", "\"holiday_id\":4")]
    [InlineData("\"action_number\":3", "\"action_number\":0")]
    [InlineData("\"ticket_id\":41551", "\"ticket_id\":0")]
    public void Read_TimesheetEvent_OfABreakAHolidayOrAnAppointment_IsNoWork(string right, string changed) => Assert.Empty(Events(Change(Event, right, changed)));

    [Theory]
    [InlineData("\"action_invoice_number\":0", "\"action_invoice_number\":7", "Approved", BillingOption.BilledElsewhere)]
    [InlineData("\"action_invoice_number\":0", "\"action_invoice_number\":-1", "Approved", BillingOption.Default)]
    [InlineData("\"charge_rate\":2", "\"charge_rate\":0", "Approved", BillingOption.DoNotBill)]
    [InlineData("\"charge_rate\":2", "\"charge_rate\":-1", "Approved", BillingOption.DoNotBill)]
    [InlineData("\"charge_rate\":2", "\"charge_rate\":null", "Approved", BillingOption.Default)]
    public void Read_TimesheetEvent_IsBilledOrNonBillableAsHaloSays(string right, string changed, string status, BillingOption option)
    {
        var time = Assert.Single(Events(Change(Event, right, changed)));

        Assert.Equal((status, option), (time.Status, time.Option));
    }

    [Theory]
    [InlineData("\"actioninvoicenumber\":\"\"", "\"actioninvoicenumber\":\"INV-9\"", "Approved", BillingOption.BilledElsewhere)]
    [InlineData("\"actioninvoicenumber\":\"\"", "\"actioninvoicenumber\":\"0\"", "Approved", BillingOption.Default)]
    [InlineData("\"actioninvoicenumber\":\"\"", "\"actioninvoicenumber\":12", "Approved", BillingOption.BilledElsewhere)]
    [InlineData("\"actioninvoicenumber\":\"\"", "\"actioninvoicenumber\":null", "Approved", BillingOption.Default)]
    [InlineData("\"actisbillable\":true", "\"actisbillable\":false", "Approved", BillingOption.DoNotBill)]
    [InlineData("\"chargerate\":2", "\"chargerate\":0", "Approved", BillingOption.DoNotBill)]
    public void Read_Action_IsBilledOrNonBillableAsHaloSays(string right, string changed, string status, BillingOption option)
    {
        var time = Assert.Single(Actions(Change(Action, right, changed)));

        Assert.Equal((status, option), (time.Status, time.Option));
    }

    // 1.50 h taken of which 0.50 are not billable are 1.00 and 0.50; 0.75 h of travel come on top.
    [Fact]
    public void Read_Action_OfWhichAPartIsNotBillableAndATripCameBefore_IsThree()
    {
        var entries = Actions(Change(Change(Action, "\"nonbilltime\":0.0", "\"nonbilltime\":0.5"), "\"traveltime\":0.0", "\"traveltime\":0.75,\"travel_chargerate\":5,\"actiontravelinvoicenumber\":\"44\""));

        Assert.Equal(
            [
                ("41551/3", 1m, BillingOption.Default, "2", "Time Entry", "Approved"),
                ("41551/3/non-billable", 0.5m, BillingOption.DoNotBill, "2", "Time Entry", "Approved"),
                ("41551/3/travel", 0.75m, BillingOption.BilledElsewhere, "5", "Travel", "Approved"),
            ],
            entries.Select(entry => (entry.Id.ExternalId, entry.Hours, entry.Option, entry.RoleId!, entry.WorkType!, entry.Status)));
    }

    [Theory]
    [InlineData("Separate", 1.6667, 0.5)]
    [InlineData("Included", 1.1667, 0.5)]
    public void Read_TimesheetEvent_WithTravel_AddsItOrTakesItOut(string setting, double work, double travel)
    {
        var entries = Events(Page(new HaloPsaOptions { TravelTime = setting }, Change(Event, "\"traveltime\":0.0", "\"traveltime\":0.5")));

        Assert.Equal([("41551/3", (decimal)work), ("41551/3/travel", (decimal)travel)], entries.Select(entry => (entry.Id.ExternalId, entry.Hours)));
    }

    [Theory]
    [InlineData("-88", "88")]
    [InlineData("-1", "90")]
    [InlineData("0", "90")]
    [InlineData("91", "91")]
    public void Read_Action_KnowsItsContractWithAMinus(string contract, string agreement) =>
        Assert.Equal(agreement, Assert.Single(Actions(Page(new HaloPsaOptions(), Change(Action, "\"action_contract_id\":88", $"\"action_contract_id\":{contract}")))).AgreementId);

    [Theory]
    [InlineData("\"datetime\":\"2026-08-03T15:40:00\"", "\"datetime\":\"2026-08-03T15:40:00\",\"actionarrivaldate\":\"2026-08-03T13:00:00\"", "2026-08-03T13:00", "2026-08-03T15:40")]
    [InlineData("\"datetime\":\"2026-08-03T15:40:00\"", "\"datetime\":\"2026-08-03T18:00:00\",\"actionarrivaldate\":\"1900-01-01T00:00:00\",\"actioncompletiondate\":\"2026-08-03T15:40:00\"", "2026-08-03T14:10", "2026-08-03T15:40")]
    public void Read_Action_BeginsWhenTheTechnicianArrived(string right, string changed, string start, string end)
    {
        var time = Assert.Single(Actions(Change(Action, right, changed)));

        Assert.Equal((Utc(start), Utc(end)), (time.Start, time.End));
    }

    [Theory]
    [InlineData("1", "Approved")]
    [InlineData("0", "Unapproved")]
    [InlineData("null", "Unapproved")]
    public void Read_Action_WhereApprovalIsAskedFor_SaysHowFarItHasCome(string status, string word) => Assert.Equal(
        word,
        Assert.Single(Actions(Page(new HaloPsaOptions { ApprovedStatuses = [1, 2] }, Change(Action, "\"timesheet_approval_status\":1", $"\"timesheet_approval_status\":{status}")))).Status);

    [Fact]
    public void Read_PageOfTime_TakesNamesTicketAndProjectFromTheRowsBesideIt()
    {
        var time = Assert.Single(Actions(Page(new HaloPsaOptions { ChargeRateNames = new Dictionary<string, string> { ["7"] = "Architect" } }, Change(Action, "\"action_contract_id\":88", "\"last_updated\":\"2026-08-03T16:00:00\""))));

        Assert.Equal(
            new TimeEntry
            {
                Id = Id("41551/3"),
                Revision = Utc("2026-08-04T08:00"), // the ticket's, which is newer than the action's
                CompanyId = "26",
                CompanyName = "Fabrikam Ltd",
                AgreementId = "90",
                TechnicianId = "17",
                TechnicianName = "Jane M. Doe",
                RoleId = "2",
                RoleName = "Engineer",
                WorkType = "Time Entry",
                Start = Utc("2026-08-03T14:10"),
                End = Utc("2026-08-03T15:40"),
                Hours = 1.5m,
                Status = "Approved",
                TicketId = "41551",
                TicketSummary = "Workstation down",
                Board = "Incident",
                ProjectId = "60010",
                ProjectName = "Server migration",
                PhaseName = "Cutover",
            },
            time);
    }

    [Theory]
    [InlineData("UTC", "2026-08-03T14:00", "2026-08-03T14:00")]
    [InlineData("Europe/London", "2026-08-03T14:00", "2026-08-03T13:00")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01T06:30")] // twice on that clock: the later
    [InlineData("Europe/London", "2026-03-29T01:30", "2026-03-29T01:30")] // not on that clock: 02:30
    public void Read_Time_IsInTheDateZone(string zone, string shown, string instant) => Assert.Equal(
        Utc(instant),
        Assert.Single(Events(Page(new HaloPsaOptions { DateZone = zone }, Change(Change(Event, "2026-08-03T14:00:00", shown + ":00"), "2026-08-03T15:40:00", "1900-01-01T00:00:00")))).Start);

    [Fact]
    public void Read_Time_OnAnInvoiceOfOurs_IsNotBilledElsewhere() => Assert.Equal(
        [BillingOption.Default, BillingOption.BilledElsewhere],
        Numbers.Select(number => Assert.Single(Actions(Page(new HaloPsaOptions { OwnInvoicePrefix = "HL-" }, Change(Action, "\"actioninvoicenumber\":\"\"", $"\"actioninvoicenumber\":\"{number}\"")))).Option));

    private static string Page(HaloPsaOptions options, string row)
    {
        using var bytes = new MemoryStream();
        using (var page = new System.Text.Json.Utf8JsonWriter(bytes))
        {
            page.WriteStartObject();
            HaloReading.Of(options).Write(page);
            foreach (var (name, rows) in new[] { ("rows", row), ("tickets", $"{Ticket},{Parent},{Project}"), ("clients", """{"id":26,"name":"Fabrikam Ltd"}"""), ("agents", """{"id":17,"name":"Jane M. Doe"}"""), ("chargeTypes", """{"id":2,"name":"Engineer"}""") })
            {
                page.WritePropertyName(name);
                page.WriteRawValue($"[{rows}]");
            }

            page.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static IReadOnlyList<TimeEntry> Events(string text) => ImportFiles.Records<TimeEntry>("exports/halopsa-timesheet-events@2.json", IsRow(text) ? $"[{text}]" : text);

    private static IReadOnlyList<TimeEntry> Actions(string text) => ImportFiles.Records<TimeEntry>("halopsa-actions.json", IsRow(text) ? $$"""{"record_count":1,"actions":[{{text}}]}""" : text);

    private static bool IsRow(string text) => !text.StartsWith("{\"reading\"", StringComparison.Ordinal);

    private static RecordId Id(string id) => new("halopsa", RecordKind.Time, id);

    private static DateTimeOffset Utc(string time) => DateTimeOffset.ParseExact(time, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Change(string text, string right, string changed)
    {
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, changed, StringComparison.Ordinal);
    }
}
