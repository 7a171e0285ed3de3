using System.Globalization;
using System.Text.Json.Nodes;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>An MSP's Autotask: a few rows of each kind, of which some refer to rows that are not there or not active, and what may happen to them.</summary>
internal sealed class AutotaskData
{
    /// <summary>The day on which the rows are from; each change is a second later.</summary>
    public static readonly DateTimeOffset Start = new(2026, 8, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, SortedDictionary<long, JsonObject>> _rows = [];

    public AutotaskData()
    {
        for (var id = 0; id < 7; id++)
            Add("Companies", id, $$"""{"companyName":"Company {{id}}","companyNumber":"C{{id}}","isActive":true,"isTaxExempt":false,"taxRegionID":2,"currencyID":1,"lastTrackedModifiedDateTime":"{{Stamp(id)}}"}""");
        for (var id = 1; id < 6; id++)
            Add("Resources", id, $$"""{"firstName":"Jane","lastName":"Doe {{id}}","email":"jane{{id}}@acmemsp.example","isActive":{{(id % 2 == 0 ? "true" : "false")}},"internalCost":48.5,"defaultServiceDeskRoleID":{{id % 3}}}""");
        for (var id = 1; id < 3; id++)
            Add("Roles", id, $$"""{"name":"Role {{id}}","hourlyRate":{{100 + id}}.0,"hourlyFactor":1.0,"isActive":true}""");
        for (var id = 1; id < 9; id++)
            Add("Contracts", id, $$"""{"contractName":"Contract {{id}}","companyID":{{id % 7}},"contractType":{{(id % 2 == 0 ? 7 : 3)}},"contractPeriodType":1,"status":1,"startDate":"2026-01-01T00:00:00Z","endDate":"2026-12-31T00:00:00Z"}""");
        for (var id = 1; id < 4; id++)
            Add("ContractBlocks", id, $$"""{"contractID":{{id}},"startDate":"2026-01-01T00:00:00Z","endDate":"2026-12-31T00:00:00Z","hours":{{id}}0.0,"hourlyRate":90.0,"status":1}""");
        Add("Services", 55, """{"name":"M365-BP","invoiceDescription":"Microsoft 365 Business Premium","unitPrice":30.0,"unitCost":20.15,"periodType":1,"isActive":true}""");
        Add("ServiceBundles", 56, """{"name":"Desk","unitPrice":30.0,"periodType":1,"isActive":true}""");
        for (var id = 1; id < 9; id++)
        {
            Add("ContractServices", id, $$"""{"contractID":{{id}},"serviceID":55,"unitPrice":26.40,"unitCost":20.15}""");
            Add("ContractServiceBundles", id, $$"""{"contractID":{{id}},"serviceBundleID":56,"unitPrice":10.0}""");
            for (var month = 6; month < 9; month++)
            {
                var days = $"\"startDate\":\"2026-{month:00}-01T00:00:00Z\",\"endDate\":\"2026-{month:00}-{DateTime.DaysInMonth(2026, month)}T00:00:00Z\"";
                Add("ContractServiceUnits", (id * 10) + month, $$"""{"contractID":{{id}},"contractServiceID":{{id}},"serviceID":55,{{days}},"units":{{id}},"price":{{id * 26.40m}},"cost":{{id * 20.15m}}}""");
                Add("ContractServiceBundleUnits", (id * 10) + month, $$"""{"contractID":{{id}},"contractServiceBundleID":{{id}},"serviceBundleID":56,{{days}},"units":1,"price":10.0,"cost":5.0}""");
            }

            Add("ContractRates", id, $$"""{"contractID":{{id}},"roleID":{{(id % 3) + 1}},"contractHourlyRate":95.0}""");
            Add("ContractMilestones", id, $$"""{"contractID":{{id}},"title":"Stage {{id}}","amount":4800.00,"dateDue":"2026-08-12T00:00:00Z","status":{{id % 3}},"isInitialPayment":false}""");
            Add("Projects", id, $$"""{"projectName":"Project {{id}}","companyID":{{id % 7}},"contractID":{{id}},"lastActivityDateTime":"{{Stamp(id)}}"}""");
            Add("Phases", id, $$"""{"projectID":{{id}},"title":"Phase {{id}}","lastActivityDateTime":"{{Stamp(id)}}"}""");
            Add("Tasks", id, $$"""{"projectID":{{id}},"phaseID":{{id}},"title":"Task {{id}}","lastActivityDateTime":"{{Stamp(id)}}"}""");
            Add("Tickets", id, $$"""{"ticketNumber":"T{{id}}","title":"Ticket {{id}}","companyID":{{id % 7}},"queueID":8,"status":1,"lastActivityDate":"{{Stamp(id)}}","lastTrackedModificationDateTime":"{{Stamp(id)}}"}""");
            Add("ConfigurationItems", id, $$"""{"companyID":{{id % 7}},"productID":12,"configurationItemType":{{(id % 2) + 1}},"referenceTitle":"PC{{id}}","isActive":true,"installDate":"2025-02-01T00:00:00Z","lastModifiedTime":"{{Stamp(id)}}"}""");
            foreach (var (entity, field) in new[] { ("ContractCharges", "contractID"), ("TicketCharges", "ticketID"), ("ProjectCharges", "projectID") })
                Add(entity, id, $$"""{"name":"Charge {{id}}","{{field}}":{{id}},"datePurchased":"2026-08-05T00:00:00Z","unitQuantity":2.0,"unitPrice":10.0,"unitCost":7.5,"isBillableToCompany":true,"isBilled":false}""");
        }

        Add("Products", 12, """{"name":"Laptop","isActive":true}""");
        Add("BillingCodes", 21, """{"name":"Remote","isActive":true}""");
        for (var id = 1; id < 16; id++)
            Entry(id, id % 5 == 4 ? "\"ticketID\":null,\"taskID\":null" : id % 2 == 0 ? $"\"ticketID\":{(id % 9) + 1},\"taskID\":null" : $"\"ticketID\":null,\"taskID\":{(id % 9) + 1}");
    }

    public DateTimeOffset Now { get; private set; } = Start;

    public SortedDictionary<long, JsonObject> Rows(string entity) => _rows.TryGetValue(entity, out var rows) ? rows : _rows[entity] = [];

    public void Add(string entity, long id, string fields)
    {
        var row = new JsonObject { ["id"] = id };
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
            row[name] = value?.DeepClone();
        Rows(entity)[id] = row;
    }

    public void Entry(long id, string reference) => Add(
        "TimeEntries",
        id,
        $$"""{"resourceID":{{(id % 6) + 1}},{{reference}},"roleID":1,"billingCodeID":21,"contractID":null,"dateWorked":"2026-08-03T00:00:00Z","startDateTime":"2026-08-03T14:00:00Z","endDateTime":"2026-08-03T15:40:00Z","hoursWorked":1.6667,"hoursToBill":1.75,"offsetHours":0.0833,"isNonBillable":false,"showOnInvoice":true,"summaryNotes":"Work {{id}}","internalNotes":null,"billingApprovalDateTime":null,"lastModifiedDateTime":"{{Stamp(id % 60)}}"}""");

    /// <summary>A second goes by, and a row has other values and stamps of that second.</summary>
    public void Change(string entity, long id, string field, JsonNode value)
    {
        Now = Now.AddSeconds(1);
        var row = Rows(entity)[id];
        row[field] = value;
        foreach (var stamp in row.Select(each => each.Key).Where(name => name is "lastModifiedDateTime" or "lastActivityDate" or "lastActivityDateTime" or "lastTrackedModificationDateTime" or "lastModifiedTime" or "lastTrackedModifiedDateTime").ToList())
            row[stamp] = Text(Now);
    }

    public void Insert(long id)
    {
        Now = Now.AddSeconds(1);
        Entry(id, "\"ticketID\":1,\"taskID\":null");
        Rows("TimeEntries")[id]["lastModifiedDateTime"] = Text(Now);
    }

    public void Wait(TimeSpan time) => Now += time;

    private static string Stamp(long minutes) => Text(Start.AddDays(-1).AddMinutes(minutes));

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
