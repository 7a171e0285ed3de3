using System.Globalization;
using System.Text.Json.Nodes;
using MspBilling.Core.Capture;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>What a tenant of HaloPSA holds: rows by list, as its interface answers them, and what we make of them.</summary>
internal sealed class HaloTenant
{
    public static readonly DateTime Today = new(2026, 8, 20);

    private readonly Dictionary<string, SortedDictionary<long, JsonObject>> _lists = [];

    /// <summary>Clients, contracts and their rates, agents, recurring invoices, tickets of which some are tasks of projects, projects with milestones, assets, and time.</summary>
    public static HaloTenant WithEverything()
    {
        var tenant = new HaloTenant();
        for (var id = 25; id < 32; id++)
            tenant.Put("Client", $$"""{"id":{{id}},"name":"Client {{id}}","inactive":{{(id == 31 ? "true" : "false")}},"alastupdate":"2026-08-{{id - 20:00}}T10:00:00","main_invoice_address":{"line1":"{{id}} High Street","postcode":"AB1 {{id}}"},"currencyisocode":"GBP"}""");
        for (var id = 17; id < 21; id++)
            tenant.Put("Agent", $$"""{"id":{{id}},"name":"Agent {{id}}","isdisabled":false,"costprice":48.50,"chargerate":2}""");
        tenant.Put("ChargeRate", """{"id":1,"charge_id":1,"contract_id":0,"area":0,"rate":110.00,"current":true}""");
        tenant.Put("ChargeRate", """{"id":2,"charge_id":2,"contract_id":0,"area":0,"rate":130.00,"current":true}""");
        for (var id = 88; id < 93; id++)
        {
            tenant.Put("ClientContract", $$"""{"id":{{id}},"ref":"MS-{{id}}","client_id":{{id - 63}}.0,"start_date":"2026-01-01T00:00:00","end_date":"2026-12-31T00:00:00","billingperiod":2,"periodchargeamount":2400.00,"chargehoursperperiod":20.0,"chargerollover":false}""");
            tenant.Put("ChargeRate", $$"""{"id":{{id + 100}},"charge_id":2,"contract_id":{{id}},"rate":{{id}}.50,"startdate":"2026-01-01T00:00:00","expirydate":"1900-01-01T00:00:00"}""");
        }

        for (var id = 501; id < 505; id++)
            tenant.Put("RecurringInvoice", $$"""{"id":{{id}},"client_id":25,"contract_id":88,"last_modified":"2026-08-01T09:00:00","lines":[{"id":7001,"ihid":{{id}},"item_code":"M365-BP","item_shortdescription":"Microsoft 365","qty_order":42.0,"unit_price":26.40,"unit_cost":20.15},{"id":7002,"item_code":"BACKUP","qty_order":2,"unit_price":10}]}""");
        for (var id = 0; id < 8; id++)
            tenant.PutTicket(41551 + id, 25 + (id % 4), parent: id % 3 == 0 ? 60010 : 0, updated: Today.AddDays(id - 9));
        for (var id = 60010; id < 60013; id++)
            tenant.Put("Projects", $$"""{"id":{{id}},"summary":"Project {{id}}","client_id":25,"is_project":true,"parent_id":0,"last_update":"2026-08-12T08:00:00","milestones":[{"id":12,"name":"Cutover","milestone_value":4800.00,"processed_date":"2026-08-12T00:00:00","invoicenumber":""},{"id":{{id}},"name":"Start","milestone_value":0,"processed_date":"1900-01-01T00:00:00"}]}""");
        for (var id = 3301; id < 3309; id++)
            tenant.Put("Asset", $$"""{"id":{{id}},"inventory_number":"WEB{{id}}","client_id":{{25 + (id % 3)}}.0,"assettype_id":12,"inactive":false,"contract_id":88,"last_modified":"2026-08-05T00:00:00"}""");
        tenant.Put("AssetType", """{"id":12,"name":"Server"}""");
        tenant.Put("Lookup", """{"id":1,"name":"Remote"}""");
        tenant.Put("Lookup", """{"id":2,"name":"Engineer"}""");
        for (var number = 0; number < 17; number++)
            tenant.PutTime(41551 + (number % 8), 3 + number, Today.AddDays(-(number % 12)).AddHours(9 + (number % 7)), 1.25m);
        tenant.Put("TimesheetEvent", """{"id":9001,"event_type":2,"start_date":"2026-08-18T12:00:00","end_date":"2026-08-18T12:30:00","timetaken":0.5,"agent_id":17,"break_type":1,"ticket_id":0,"action_number":0}""");
        tenant.Put("TimesheetEvent", """{"id":9002,"event_type":3,"start_date":"2026-08-19T00:00:00","end_date":"2026-08-19T23:59:00","timetaken":8,"agent_id":18,"holiday_id":4,"ticket_id":0,"action_number":0}""");
        tenant.Put("TimesheetEvent", """{"id":9003,"event_type":0,"start_date":"2026-08-19T14:00:00","end_date":"2026-08-19T15:00:00","timetaken":1,"agent_id":18,"ticket_id":41551,"action_number":0}""");
        return tenant;
    }

    public IReadOnlyCollection<JsonObject> List(string name) => _lists.TryGetValue(name, out var rows) ? rows.Values : [];

    public JsonObject? Find(string name, long id) => _lists.TryGetValue(name, out var rows) ? rows.GetValueOrDefault(id) : null;

    public JsonObject Put(string name, string row) => Put(name, JsonNode.Parse(row)!.AsObject());

    /// <summary>Times of a ticket have their own numbers, so that a list of them has keys of both.</summary>
    public static long KeyOfAction(long ticket, long action) => (ticket * 1000) + action;

    public void Remove(string name, long id) => _lists[name].Remove(id);

    public void PutTicket(long id, long client, long parent, DateTime updated) => Put(
        "Tickets",
        $$"""{"id":{{id}},"summary":"Ticket {{id}}","client_id":{{client}},"contract_id":{{client + 63}},"status_id":1,"parent_id":{{parent}},"last_update":"{{Literal(updated)}}","dateclosed":"1900-01-01T00:00:00"}""");

    /// <summary>An action with time, and the timesheet event that shows it; the ticket changes with it.</summary>
    public void PutTime(long ticket, long action, DateTime start, decimal hours)
    {
        var end = start.AddHours((double)hours);
        PutKeyed("Actions", KeyOfAction(ticket, action), $$"""{"id":{{action}},"ticket_id":{{ticket}},"datetime":"{{Literal(end)}}","who":"Agent 17","who_agentid":17,"outcome":"Remote","timetaken":{{Text(hours)}},"chargerate":2,"last_updated":"{{Literal(end)}}","actioninvoicenumber":"","timesheet_approval_status":1}""");
        PutKeyed("TimesheetEvent", KeyOfAction(ticket, action), $$"""{"id":{{KeyOfAction(ticket, action)}},"event_type":1,"subject":"Work","start_date":"{{Literal(start)}}","end_date":"{{Literal(end)}}","timetaken":{{Text(hours)}},"agent_id":17,"break_type":0,"ticket_id":{{ticket}},"action_number":{{action}},"action_invoice_number":0,"charge_rate":2,"client_id":25}""");
        if (Find("Tickets", ticket) is { } changed && string.CompareOrdinal((string?)changed["last_update"], Literal(end)) < 0)
            changed["last_update"] = Literal(end);
    }

    public void RemoveTime(long ticket, long action)
    {
        Remove("Actions", KeyOfAction(ticket, action));
        Remove("TimesheetEvent", KeyOfAction(ticket, action));
    }

    /// <summary>The ids of all records that a connector makes of the tenant, worked out from the rows alone.</summary>
    public IEnumerable<string> Records() => Ids().Select(id => $"{id.Kind}/{id.Id}").Order(StringComparer.Ordinal);

    public static string Literal(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private IEnumerable<(RecordKind Kind, string Id)> Ids()
    {
        foreach (var (list, kind) in new[] { ("Client", RecordKind.Company), ("Agent", RecordKind.Technician), ("ClientContract", RecordKind.Agreement), ("Tickets", RecordKind.Ticket), ("Projects", RecordKind.Project), ("Asset", RecordKind.Device) })
        {
            foreach (var row in List(list))
                yield return (kind, Number(row, "id"));
        }

        foreach (var rate in List("ChargeRate"))
            yield return Number(rate, "contract_id") == "0" ? (RecordKind.WorkRole, Number(rate, "charge_id")) : (RecordKind.AgreementRoleRate, Number(rate, "id"));
        foreach (var (list, parts, kind) in new[] { ("RecurringInvoice", "lines", RecordKind.Addition), ("Projects", "milestones", RecordKind.Milestone) })
        {
            foreach (var row in List(list))
            {
                foreach (var part in row[parts]!.AsArray())
                    yield return (kind, $"{Number(row, "id")}/{Number(part!.AsObject(), "id")}");
            }
        }

        foreach (var action in List("Actions"))
            yield return (RecordKind.Time, $"{Number(action, "ticket_id")}/{Number(action, "id")}");
    }

    private static string Number(JsonObject row, string name) => ((decimal)row[name]!).ToString("0", CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private JsonObject Put(string name, JsonObject row) => PutKeyed(name, (long)(decimal)row["id"]!, row);

    private void PutKeyed(string name, long key, string row) => PutKeyed(name, key, JsonNode.Parse(row)!.AsObject());

    private JsonObject PutKeyed(string name, long key, JsonObject row)
    {
        if (!_lists.TryGetValue(name, out var rows))
            _lists[name] = rows = [];
        rows[key] = row;
        return row;
    }
}
