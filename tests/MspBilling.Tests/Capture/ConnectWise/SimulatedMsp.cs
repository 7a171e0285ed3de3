using System.Globalization;
using System.Text.Json.Nodes;
using MspBilling.Core.Capture;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>An MSP's records in a simulator, each with its version in a text, so that it can be told which version was captured.</summary>
internal sealed class SimulatedMsp(ConnectWiseSimulator vendor, Random random)
{
    private const string Companies = "company/companies";
    private const string Agreements = "finance/agreements";
    private const string Projects = "project/projects";
    private const string ServiceTickets = "service/tickets";
    private const string ProjectTickets = "project/tickets";
    private const string Time = "time/entries";

    private static readonly string[] Flat = [Companies, "time/workroles", "system/members", Agreements, Projects, ServiceTickets, ProjectTickets, "company/configurations", Time, "expense/entries"];

    private readonly HashSet<string> _lists = [];
    private long _lastId = 100;
    private int _version;

    /// <summary>Some of each kind, changed at times with many in one second.</summary>
    public void Fill(int most)
    {
        foreach (var list in Flat)
        {
            for (var count = random.Next(most + 1); count > 0; count--)
                Add(list);
        }
    }

    /// <summary>Changes a record or adds one; the parent of a nested one changes with it.</summary>
    public void ChangeSome()
    {
        vendor.Now += TimeSpan.FromMilliseconds(random.Next(3_000));
        var list = _lists.Count == 0 || random.Next(4) == 0 ? Flat[random.Next(Flat.Length)] : _lists.Order(StringComparer.Ordinal).ElementAt(random.Next(_lists.Count));
        var ids = vendor.List(list).Keys.ToList();
        if (ids.Count == 0 || random.Next(3) == 0)
            Add(list);
        else
            Put(list, ids[random.Next(ids.Count)]);
    }

    /// <summary>What must have been captured: each record's id with the version that it has now.</summary>
    public SortedDictionary<string, string> Expected()
    {
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (list, record) in _lists.SelectMany(list => vendor.List(list).Values.Select(record => (list, record))))
        {
            var kind = KindOf(list);
            var version = record.Json["v"]!.GetValue<string>();
            if (kind == RecordKind.Time)
            {
                var tickets = record.Json["chargeToType"]!.GetValue<string>() == "ServiceTicket" ? ServiceTickets : ProjectTickets;
                var ticket = vendor.List(tickets)[record.Json["chargeToId"]!.GetValue<long>()];
                version += "|" + ticket.Json["board"]!["name"]!.GetValue<string>();
            }

            expected.Add(new RecordId("connectwise", kind, record.Id.ToString(CultureInfo.InvariantCulture)).ToString(), version);
        }

        return expected;
    }

    public static SortedDictionary<string, string> Captured(PulledRecords pulled) =>
        new(pulled.Records.ToDictionary(record => record.Key.ToString(), record => VersionOf(record.Value)), StringComparer.Ordinal);

    private static string VersionOf(CapturedRecord record) => record switch
    {
        Company company => company.Name,
        WorkRole role => role.Name,
        Technician technician => technician.Name,
        PsaAgreement agreement => agreement.Name,
        Addition addition => addition.Description,
        AgreementRoleRate rate => rate.RoleName,
        Project project => project.Name,
        Milestone milestone => milestone.Name,
        Ticket ticket => ticket.Summary,
        Device device => device.Name,
        TimeEntry time => $"{time.Notes}|{time.Board}",
        Expense expense => expense.Description,
        _ => throw new InvalidOperationException(record.ToString()),
    };

    private static RecordKind KindOf(string list) => list[(list.LastIndexOf('/') + 1)..] switch
    {
        "companies" => RecordKind.Company,
        "workroles" => list == "time/workroles" ? RecordKind.WorkRole : RecordKind.AgreementRoleRate,
        "members" => RecordKind.Technician,
        "agreements" => RecordKind.Agreement,
        "additions" => RecordKind.Addition,
        "projects" => RecordKind.Project,
        "phases" => RecordKind.Milestone,
        "tickets" => RecordKind.Ticket,
        "configurations" => RecordKind.Device,
        _ => list == Time ? RecordKind.Time : RecordKind.Expense,
    };

    private void Add(string list)
    {
        if (random.Next(3) > 0)
            vendor.Now += TimeSpan.FromMilliseconds(random.Next(5_000));
        if (list == Time && vendor.List(ServiceTickets).Count == 0)
            Add(ServiceTickets);
        var id = ++_lastId;
        Put(list, id);
        var nested = list switch { Agreements => ["additions", "workroles"], Projects => ["phases"], _ => Array.Empty<string>() };
        foreach (var child in nested)
        {
            for (var count = random.Next(4); count > 0; count--)
                Put($"{list}/{id}/{child}", ++_lastId);
        }
    }

    private void Put(string list, long id)
    {
        _lists.Add(list);
        var v = $"v{++_version}";
        var parts = list.Split('/');
        var json = (JsonObject)JsonNode.Parse(KindOf(list) switch
        {
            RecordKind.Company => $$"""{"identifier":"C","name":"{{v}}"}""",
            RecordKind.WorkRole => $$"""{"name":"{{v}}","hourlyRate":90}""",
            RecordKind.Technician => $$"""{"identifier":"JDOE","firstName":"{{v}}"}""",
            RecordKind.Agreement => $$"""{"name":"{{v}}","type":{"id":4,"name":"Managed"},"company":{"id":250},"startDate":"2026-01-01"}""",
            RecordKind.Addition => $$"""{"agreementId":{{parts[2]}},"product":{"id":1,"identifier":"M365"},"quantity":4,"unitPrice":2.5,"billCustomer":"Billable","effectiveDate":"2026-01-01","invoiceDescription":"{{v}}"}""",
            RecordKind.AgreementRoleRate => $$"""{"agreementId":{{parts[2]}},"workRole":{"id":5,"name":"{{v}}"},"rateType":"Custom","rate":95,"effectiveDate":"2026-01-01"}""",
            RecordKind.Project => $$"""{"name":"{{v}}","company":{"id":250},"billingMethod":"FixedFee"}""",
            RecordKind.Milestone => $$"""{"projectId":{{parts[2]}},"description":"{{v}}","markAsMilestoneFlag":true}""",
            RecordKind.Ticket => $$"""{"summary":"{{v}}","board":{"id":1,"name":"board {{v}}"} }""",
            RecordKind.Device => $$"""{"name":"{{v}}","type":{"id":3,"name":"Server"},"company":{"id":250,"name":"Contoso"} }""",
            RecordKind.Time => TimeOf(v, vendor.List(Time).TryGetValue(id, out var before) ? before.Json : null),
            _ => $$"""{"company":{"id":250,"name":"Contoso"},"date":"2026-08-03T00:00:00Z","amount":12.5,"status":"Open","notes":"{{v}}"}""",
        })!;
        json["id"] = id;
        json["v"] = v;
        if (parts.Length == 4)
        {
            // The parent is saved with it, or its own change would not be told.
            var parent = (JsonObject)vendor.List($"{parts[0]}/{parts[1]}")[long.Parse(parts[2], CultureInfo.InvariantCulture)].Json.DeepClone();
            vendor.Put($"{parts[0]}/{parts[1]}", parent);
        }

        vendor.Put(list, json);
    }

    // Its ticket stays the same when it changes.
    private string TimeOf(string v, JsonObject? before)
    {
        var type = before?["chargeToType"]!.GetValue<string>() ?? (vendor.List(ProjectTickets).Count > 0 && random.Next(2) == 0 ? "ProjectTicket" : "ServiceTicket");
        var tickets = vendor.List(type == "ServiceTicket" ? ServiceTickets : ProjectTickets).Keys;
        var ticket = before?["chargeToId"]!.GetValue<long>() ?? tickets.ElementAt(random.Next(tickets.Count));
        return $$"""
            {"company":{"id":250,"name":"Contoso"},"chargeToType":"{{type}}","chargeToId":{{ticket}},"ticket":{"id":{{ticket}},"summary":"Down"},
             "member":{"id":17,"name":"Jane Doe"},"timeStart":"2026-08-03T09:00:00Z","actualHours":1.5,"status":"Open","notes":"{{v}}"}
            """;
    }
}
