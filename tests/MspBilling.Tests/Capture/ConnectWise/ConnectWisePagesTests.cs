using System.Text;
using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>Pages as they are kept: what is in them, byte for byte, and what is read from them alone.</summary>
public sealed class ConnectWisePagesTests : IAsyncLifetime
{
    private const string Entry =
        """{"id":80121,"company":{"id":250,"identifier":"CONTOSO","name":"Contoso Ltd"},"chargeToId":41551,"chargeToType":"ServiceTicket","member":{"id":17,"identifier":"JDOE","name":"Jane Doe"},"workType":{"id":1,"name":"Remote"},"workRole":{"id":5,"name":"Engineer"},"agreement":{"id":88,"name":"Managed Gold","type":"Managed Services"},"timeStart":"2026-08-03T14:00:00Z","timeEnd":"2026-08-03T15:40:00Z","actualHours":1.67,"hoursBilled":1.75,"invoiceHours":2.0,"billableOption":"Billable","notes":"Replaced failed SSD","status":"ReadyToBill","project":{"id":701,"name":"Server migration"},"phase":{"id":9001,"name":"Cutover"},"ticket":{"id":41551,"summary":"Workstation down"},"_info":{"lastUpdated":"2026-08-03T15:45:00Z"}}""";

    private const string Ticket = """{"id":41551,"summary":"Workstation down","board":{"id":1,"name":"Help Desk"},"_info":{"lastUpdated":"2026-08-04T08:00:00Z"}}""";

    private const string Expense =
        """{"id":612,"company":{"id":250,"identifier":"CONTOSO","name":"Contoso Ltd"},"chargeToId":41551,"chargeToType":"ServiceTicket","type":{"id":3,"name":"Mileage"},"member":{"id":17,"identifier":"JDOE","name":"Jane Doe"},"amount":48.60,"billAmount":54.00,"billableOption":"Billable","date":"2026-08-03T00:00:00Z","notes":"Trip to the site","agreement":{"id":88,"name":"Managed Gold"},"project":{"id":701,"name":"Server migration"},"ticket":{"id":41551,"summary":"Workstation down"},"currency":{"id":7,"currencyCode":"EUR","name":"Euro"},"status":"ApprovedByTierTwo","_info":{"lastUpdated":"2026-08-05T10:00:00Z"}}""";

    private static readonly TimeEntry Time = new()
    {
        Id = new RecordId("connectwise", RecordKind.Time, "80121"),
        Revision = At(4, 8, 0),
        CompanyId = "250",
        CompanyName = "Contoso Ltd",
        AgreementId = "88",
        TechnicianId = "17",
        TechnicianName = "Jane Doe",
        RoleId = "5",
        RoleName = "Engineer",
        WorkType = "Remote",
        Start = At(3, 14, 0),
        End = At(3, 15, 40),
        Hours = 1.67m,
        Option = BillingOption.Billable,
        Status = "ReadyToBill",
        TicketId = "41551",
        TicketSummary = "Workstation down",
        Board = "Help Desk",
        ProjectId = "701",
        ProjectName = "Server migration",
        PhaseName = "Cutover",
        Notes = "Replaced failed SSD",
    };

    private readonly ConnectWiseSimulator _vendor = new();

    public async ValueTask InitializeAsync() => await _vendor.StartAsync();

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Fact]
    public async Task Pull_Time_IsAPageWithItsTickets()
    {
        Put("time/entries", Entry, At(3, 15, 45));
        Put("service/tickets", """{"id":41551,"summary":"Workstation down","recordType":"ServiceTicket","board":{"id":1,"name":"Help Desk"}}""", At(4, 8, 0));
        _vendor.Now = At(5, 0, 0);
        using var connected = new ConnectedSource(_vendor, "HoursField=hoursBilled");

        var page = Assert.Single(await connected.PagesAsync("time-entries"));

        Assert.Equal("time-entries@1.json", page.Name);
        Assert.Equal(
            $$"""{"hours":"hoursBilled","timeEntries":[{{_vendor.List("time/entries")[80121].Json.ToJsonString()}}],"tickets":[{{_vendor.List("service/tickets")[41551].Json.ToJsonString().Replace("\"recordType\":\"ServiceTicket\",", "", StringComparison.Ordinal)}}]}""",
            Encoding.UTF8.GetString(page.Content.Span));
        Assert.Equal(Time with { Hours = 1.75m }, Assert.Single(ConnectedSource.Read(connected.Feed("time-entries"), page)));
    }

    [Fact]
    public async Task Pull_TicketThatMovedToAnotherBoard_BringsItsTimeAgain()
    {
        Put("time/entries", Entry, At(3, 15, 45));
        Put("service/tickets", Ticket, At(3, 14, 0));
        using var connected = new ConnectedSource(_vendor);
        Put("service/tickets", Ticket.Replace("Help Desk", "Projects", StringComparison.Ordinal), At(6, 9, 0));
        _vendor.Now = At(6, 9, 30);

        var time = Assert.IsType<TimeEntry>(Assert.Single(await connected.RecordsAsync("time-entries", At(6, 8, 0))));

        Assert.Equal(("Projects", At(6, 9, 0)), (time.Board, time.Revision));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pull_EntryChangedBetweenItsPageAndItsTicket_IsReadAgain(bool isFetched)
    {
        Put("time/entries", Entry, At(3, 15, 45));
        Put("service/tickets", Ticket, At(3, 14, 0));
        _vendor.Now = At(6, 9, 0);

        // After the entries were answered (1 codebase, 2 entries) and before the tickets are, the entry is edited, then the ticket.
        _vendor.Meanwhile = request =>
        {
            if (request != 3)
                return;
            Put("time/entries", Entry.Replace("failed SSD", "failed disk", StringComparison.Ordinal), At(6, 9, 1));
            Put("service/tickets", Ticket, At(6, 9, 2));
        };
        using var connected = new ConnectedSource(_vendor);

        var time = Assert.IsType<TimeEntry>(Assert.Single(isFetched
            ? ConnectedSource.Read(connected.Feed("time-entries"), (await connected.Source.FetchAsync(connected.Feed("time-entries"), "80121", TestContext.Current.CancellationToken))!)
            : await connected.RecordsAsync("time-entries")));

        Assert.Equal(("Replaced failed disk", At(6, 9, 2)), (time.Notes, time.Revision));
    }

    [Fact]
    public async Task Pull_TimeOfManyTickets_AsksForThemInABody()
    {
        for (var id = 1; id <= 300; id++)
        {
            Put("service/tickets", $$"""{"id":{{4_000_000 + id}},"board":{"id":1,"name":"Help Desk"} }""", At(3, 14, 0));
            Put("time/entries", Entry.Replace("80121", $"{id}", StringComparison.Ordinal).Replace("41551", $"{4_000_000 + id}", StringComparison.Ordinal), At(3, 15, 45));
        }

        using var connected = new ConnectedSource(_vendor);

        var time = await connected.RecordsAsync("time-entries");

        Assert.Equal(300, time.Cast<TimeEntry>().Count(entry => entry.Board == "Help Desk"));
        Assert.Equal("POST /v2026_1/apis/3.0/service/tickets/search?pageSize=1000&fields=id%2Csummary%2Cboard%2C_info", _vendor.Addresses[2]);
        Assert.Empty(_vendor.Unexpected);
    }

    [Theory]
    [InlineData("""{"timeEntries":[ENTRY],"tickets":[]}""", 1.67, null, 3)]
    [InlineData("""{"hours":"actualHours","timeEntries":[ENTRY],"tickets":[TICKET]}""", 1.67, "Help Desk", 4)]
    [InlineData("""{"hours":"invoiceHours","timeEntries":[ENTRY],"tickets":[TICKET]}""", 2.0, "Help Desk", 4)]
    [InlineData("""{"timeEntries":[ENTRY],"tickets":[{"id":41551,"board":{"name":"Triage"},"_info":{"lastUpdated":"2026-08-01T00:00:00Z"}}]}""", 1.67, "Triage", 3)]
    [InlineData("""{"timeEntries":[ENTRY],"tickets":[{"id":41551,"board":{"name":"Triage"}}]}""", 1.67, "Triage", 3)]
    [InlineData("""{"timeEntries":[ENTRY],"tickets":[{"id":9,"board":{"name":"Other"},"_info":{"lastUpdated":"2026-08-09T00:00:00Z"}}]}""", 1.67, null, 3)]
    [InlineData("[ENTRY]", 1.67, null, 3)]
    public void Read_TimePage_TakesHoursBoardAndTheNewerRevision(string page, decimal hours, string? board, int day)
    {
        var text = page.Replace("ENTRY", Entry, StringComparison.Ordinal).Replace("TICKET", Ticket, StringComparison.Ordinal);

        Assert.Equal(Time with { Hours = hours, Board = board, Revision = day == 3 ? At(3, 15, 45) : At(4, 8, 0) }, Assert.Single(ImportFiles.Records<TimeEntry>("time-entries.json", text)));
    }

    [Theory]
    [InlineData("\"invoiceHours\"", "\"ticketBoard\":\"Alerts\",\"invoiceHours\"", "Alerts", "ReadyToBill", true)]
    [InlineData("\"status\":\"ReadyToBill\"", "\"status\":\"ReadyToBill\",\"invoice\":{\"id\":9,\"identifier\":\"10045\"}", null, "ReadyToBill", true, BillingOption.BilledElsewhere)]
    [InlineData("\"status\":\"ReadyToBill\"", "\"status\":\"Billed\"", null, "Billed", true, BillingOption.BilledElsewhere)]
    [InlineData("\"status\":\"ReadyToBill\"", "\"status\":\"BilledAgreement\",\"invoice\":{\"id\":9}", null, "BilledAgreement", true, BillingOption.BilledElsewhere)]
    [InlineData("\"status\":\"ReadyToBill\"", "\"status\":\"WrittenOff\",\"invoice\":{\"id\":9}", null, "WrittenOff", true, BillingOption.WrittenOffElsewhere)]
    [InlineData("\"status\":\"ReadyToBill\"", "\"status\":\"Open\",\"invoice\":null", null, "Open", true)]
    [InlineData("\"timeEnd\":\"2026-08-03T15:40:00Z\"", "\"timeEnd\":\"2026-08-03T14:00:00Z\"", null, "ReadyToBill", false)]
    [InlineData("\"timeEnd\":\"2026-08-03T15:40:00Z\"", "\"timeEnd\":null", null, "ReadyToBill", false)]
    public void Read_TimeEntry_KnowsItsBoardItsInvoiceAndItsEnd(string right, string other, string? board, string status, bool ends, BillingOption? settled = null)
    {
        Assert.Contains(right, Entry, StringComparison.Ordinal);
        var expected = Time with { Board = board, Status = status, Option = settled ?? Time.Option, Revision = At(3, 15, 45), End = ends ? Time.End : null };

        Assert.Equal(expected, Assert.Single(ImportFiles.Records<TimeEntry>("time-entries.json", "[" + Entry.Replace(right, other, StringComparison.Ordinal) + "]")));
    }

    [Theory]
    [InlineData("""{"hours":"hours","timeEntries":[],"tickets":[]}""", "line 1, column 10: hours is 'hours', expected one of actualHours, hoursBilled, invoiceHours")]
    [InlineData("""{"timeEntries":[{"id":1}],"tickets":[{"id":"1"}]}""", "line 1, column 44: tickets[0].id is '1', expected a whole number of 0 or more")]
    [InlineData("""{"timeEntries":[7]}""", "line 1, column 17: timeEntries[0] is '7', expected an object in braces")]
    [InlineData("""{"timeEntries":[]""", "line 1, column 18: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    public void Read_WrongTimePage_SaysWhatAndWhere(string page, string problem) => Assert.Contains("time-entries.json, " + problem, ImportFiles.Problems("time-entries.json", page));

    [Theory]
    [InlineData("Completed", true)]
    [InlineData("Signed off", true)]
    [InlineData("Closed", false)]
    public async Task Pull_Phases_AreCompletedByTheStatusesOfTheSettings(string status, bool isCompleted)
    {
        _vendor.Put("project/projects", """{"id":701,"name":"Server migration","company":{"id":250},"billingMethod":"FixedFee"}""");
        _vendor.Put("project/projects/701/phases", $$"""{"id":9001,"projectId":701,"description":"Cutover","markAsMilestoneFlag":true,"actualEnd":"2026-08-12T23:30:00Z","poAmount":4800.00,"status":{"id":3,"name":"{{status}}"} }""");
        using var connected = new ConnectedSource(_vendor, "CompletedStatuses:0=Signed off", "CompletedStatuses:1=Completed");

        var page = Assert.Single(await connected.PagesAsync("phases"));

        Assert.StartsWith("""{"completedStatuses":["Signed off","Completed"],"phases":[{"id":9001,""", Encoding.UTF8.GetString(page.Content.Span), StringComparison.Ordinal);
        var milestone = Assert.IsType<Milestone>(Assert.Single(ConnectedSource.Read(connected.Feed("phases"), page)));
        Assert.Equal((isCompleted, isCompleted ? new DateOnly(2026, 8, 12) : null), (milestone.IsCompleted, milestone.CompletedOn));
    }

    [Fact]
    public async Task Pull_Expenses_ArePagesWithTheirCurrency()
    {
        _vendor.Put("expense/entries", """{"id":612,"company":{"id":250,"name":"Contoso Ltd"},"amount":48.60,"date":"2026-08-03T00:00:00Z","status":"Open"}""");
        using var connected = new ConnectedSource(_vendor, "Currency=GBP");

        var expense = Assert.IsType<Expense>(Assert.Single(await connected.RecordsAsync("expenses")));

        Assert.Equal((Currency.Of("GBP"), 48.6m, null, "Expense", "Open"), (expense.Currency, expense.UnitCost, expense.UnitPrice, expense.Description, expense.Status));
    }

    [Fact]
    public void Read_Expense_IsMapped() => Assert.Equal(
        new Expense
        {
            Id = new RecordId("connectwise", RecordKind.Expense, "612"),
            Revision = At(5, 10, 0),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            AgreementId = "88",
            Day = new DateOnly(2026, 8, 3),
            Description = "Trip to the site",
            Sku = "Mileage",
            TechnicianName = "Jane Doe",
            TicketId = "41551",
            ProjectId = "701",
            Quantity = 1,
            UnitPrice = 54m,
            UnitCost = 48.6m,
            Currency = Currency.Of("EUR"),
            Option = BillingOption.Billable,
            Status = "ApprovedByTierTwo",
        },
        Assert.Single(ImportFiles.Records<Expense>("expense-entries.json", "[" + Expense + "]")));

    [Theory]
    [InlineData("\"billAmount\":54.00", "\"billAmount\":0", null, BillingOption.Billable)]
    [InlineData("\"amount\":48.60,\"billAmount\":54.00", "\"amount\":0,\"billAmount\":0", 0, BillingOption.Billable)]
    [InlineData("\"amount\":48.60,\"billAmount\":54.00", "\"amount\":-48.60,\"billAmount\":-54.00", -54, BillingOption.Billable)]
    [InlineData("\"billAmount\":54.00,", "", null, BillingOption.Billable)]
    [InlineData("\"status\":\"ApprovedByTierTwo\"", "\"status\":\"ApprovedByTierTwo\",\"invoice\":{\"id\":9}", 54, BillingOption.BilledElsewhere)]
    [InlineData("\"status\":\"ApprovedByTierTwo\"", "\"status\":\"WrittenOff\"", 54, BillingOption.WrittenOffElsewhere)]
    public void Read_Expense_KnowsItsPriceAndItsInvoice(string right, string other, int? price, BillingOption option)
    {
        Assert.Contains(right, Expense, StringComparison.Ordinal);
        var expense = Assert.Single(ImportFiles.Records<Expense>("expense-entries.json", "[" + Expense.Replace(right, other, StringComparison.Ordinal) + "]"));

        Assert.Equal((price, option), (expense.UnitPrice, expense.Option));
    }

    [Theory]
    [InlineData("[EXPENSE]", "\"currency\":{\"id\":7,\"currencyCode\":\"EUR\",\"name\":\"Euro\"},", "", "line 1, column 2: currency: expected a currency with its currencyCode, or the currency of all beside the list: {\"currency\":\"USD\",\"expenses\":[…]}, but it is missing")]
    [InlineData("[EXPENSE]", "\"currencyCode\":\"EUR\"", "\"currencyCode\":\"Euro\"", "line 1, column 512: currency.currencyCode is 'Euro', expected an ISO 4217 code like USD")]
    [InlineData("""{"currency":"Dollars","expenses":[EXPENSE]}""", "EUR", "EUR", "line 1, column 13: currency is 'Dollars', expected an ISO 4217 code like USD")]
    public void Read_ExpenseOfNoKnownCurrency_SaysWhatAndWhere(string page, string right, string wrong, string problem)
    {
        Assert.Contains(right, Expense, StringComparison.Ordinal);
        Assert.Contains("expense-entries.json, " + problem, ImportFiles.Problems("expense-entries.json", page.Replace("EXPENSE", Expense.Replace(right, wrong, StringComparison.Ordinal), StringComparison.Ordinal)));
    }

    private static DateTimeOffset At(int day, int hour, int minute) => new(2026, 8, day, hour, minute, 0, TimeSpan.Zero);

    private void Put(string list, string json, DateTimeOffset changed)
    {
        _vendor.Now = changed;
        _vendor.Put(list, json);
    }
}
