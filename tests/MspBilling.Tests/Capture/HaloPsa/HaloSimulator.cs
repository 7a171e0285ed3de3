using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>HaloPSA's interface as far as the connector uses it, as strict as the vendor and with its oddities.</summary>
internal sealed class HaloSimulator(HaloTenant tenant) : VendorSimulator
{
    public const string ClientId = "b6a8c1f2-client";
    public const string Secret = "s3cr3t-of-halo/+=";
    private const int TokenSeconds = 3600;

    private static readonly string[] Paging = ["pageinate", "page_no", "page_size", "order", "orderdesc"];

    /// <summary>The key of the list in the answer, null for a bare list; the parameters that are known; the field of the last change.</summary>
    private static readonly Dictionary<string, (string? Key, string[] Parameters, string? Changed)> Lists = new()
    {
        ["Client"] = ("clients", [.. Paging, "includeinactive", "lastupdatefromdate"], "alastupdate"),
        ["Agent"] = (null, ["includeenabled", "includedisabled"], null),
        ["ChargeRate"] = (null, ["contract_id", "globalonly", "currentonly"], null),
        ["ClientContract"] = ("contracts", [.. Paging, "includeinactive"], null),
        ["RecurringInvoice"] = ("invoices", [.. Paging, "includelines"], null),
        ["Tickets"] = ("tickets", [.. Paging, "includeclosed", "lastupdatefromdate"], "last_update"),
        ["Projects"] = ("tickets", [.. Paging, "includeclosed", "lastupdatefromdate"], "last_update"),
        ["Asset"] = ("assets", [.. Paging, "includeinactive", "lastupdatefromdate"], "last_modified"),
        ["AssetType"] = (null, [], null),
        ["Lookup"] = (null, ["lookupid"], null),
        ["TimesheetEvent"] = (null, ["start_date", "end_date", "utcoffset"], null),
        ["Actions"] = ("actions", ["ticket_id", "timeentriesonly", "excludesys"], null),
    };

    private readonly Lock _lock = new();
    private string? _token;
    private int _tokens;
    private int _throttled;
    private int _tokenUses;

    /// <summary>Called with the number of each request before it is answered.</summary>
    public Action<int> Before { get; set; } = _ => { };

    /// <summary>Requests after which a token is refused, whatever its time.</summary>
    public int TokenLasts { get; set; } = int.MaxValue;

    /// <summary>Rows of a page at most, whatever is asked for.</summary>
    public int MostRows { get; set; } = 100;

    /// <summary>Lists that answer their last page again where there is no more.</summary>
    public HashSet<string> Repeating { get; } = ["Client", "Asset"];

    /// <summary>Fields that a list's rows do not have, and the answer for one record has.</summary>
    public HashSet<string> OnlyInDetails { get; } = ["main_invoice_address", "milestones"];

    /// <summary>What is answered instead, to a path.</summary>
    public Dictionary<string, SimulatedAnswer> Instead { get; } = [];

    /// <summary>What <c>record_count</c> says of a list with so many rows.</summary>
    public Func<int, int> RecordCount { get; set; } = count => count;

    /// <summary>Whether a change is answered and not kept.</summary>
    public bool ForgetsChanges { get; set; }

    public string? Tenant { get; set; }

    public int Tokens => _tokens;

    public List<string> Posted { get; } = [];

    /// <summary>As they were written, by their GUIDs.</summary>
    public SortedDictionary<string, JsonObject> Webhooks { get; } = new(StringComparer.Ordinal);

    public void EndToken() => _token = null;

    /// <summary>Tells all active webhooks that have an event; their answers.</summary>
    public async Task<List<int>> TellAsync(int eventNumber, string body)
    {
        var answers = new List<int>();
        foreach (var webhook in Webhooks.Values.Where(each => (bool)each["active"]! && each["events"]!.AsArray().Any(known => (int)known!["eventno"]! == eventNumber)).ToList())
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{webhook["basic_username"]}:{webhook["basic_password"]}"));
            answers.Add(await SendAsync(new Uri((string)webhook["url"]!), Encoding.UTF8.GetBytes(body), "Authorization", "Basic " + credentials));
        }

        return answers;
    }

    protected override SimulatedAnswer TooMany() => new(429, "")
    {
        Headers = Interlocked.Increment(ref _throttled) % 2 == 0 ? new Dictionary<string, string> { ["Retry-After"] = "1" } : new Dictionary<string, string>(),
    };

    protected override Task<SimulatedAnswer?> AnswerAsync(HttpRequest request, byte[] body)
    {
        lock (_lock)
        {
            Before(Requests);
            return Task.FromResult(Instead.TryGetValue(request.Path, out var instead) ? instead : request.Path == "/auth/token" ? Token(request, body) : Resource(request, body));
        }
    }

    private static SimulatedAnswer Refused(string word) => new(400, $$"""{"errors":["{{word}}"]}""");

    private SimulatedAnswer Token(HttpRequest request, byte[] body)
    {
        var form = Encoding.UTF8.GetString(body).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        Expect(request.Method == "POST" && request.ContentType == "application/x-www-form-urlencoded" && form.Count == 4, request, "a token is asked for with four fields of a form");
        if (form.GetValueOrDefault("grant_type") != "client_credentials" || form.GetValueOrDefault("client_id") != ClientId || form.GetValueOrDefault("client_secret") != Secret || request.Query["tenant"] != Tenant)
            return new SimulatedAnswer(400, $$"""{"error":"invalid_client","error_description":"The client {{form.GetValueOrDefault("client_id")}} with {{form.GetValueOrDefault("client_secret")}} is not known."}""");

        _token = "token-" + ++_tokens;
        _tokenUses = 0;
        return new SimulatedAnswer(200, $$"""{"access_token":"{{_token}}","token_type":"Bearer","expires_in":{{TokenSeconds}},"refresh_token":null,"id_token":null,"scope":"{{form["scope"]}}"}""");
    }

    private SimulatedAnswer? Resource(HttpRequest request, byte[] body)
    {
        Expect(request.Headers.Accept == "application/json", request, "Accept is application/json");
        if (_token is null || request.Headers.Authorization != "Bearer " + _token || ++_tokenUses > TokenLasts)
            return new SimulatedAnswer(401, "");

        var parts = request.Path.Value!.Trim('/').Split('/');
        if (parts is ["api", "Webhook", ..])
            return Webhook(request, parts, body);
        if (parts is not ["api", var name, ..] || !Lists.TryGetValue(name, out var list))
            return null;

        if (request.Method == "POST")
            return name == "Actions" && parts.Length == 2 ? Change(request, body) : null;

        return (request.Method, parts.Length) switch
        {
            ("GET", 2) => Answer(request, name, list.Key, list.Parameters, list.Changed),
            ("GET", 3) => One(request, name, parts[2]),
            _ => null,
        };
    }

    private SimulatedAnswer One(HttpRequest request, string name, string id)
    {
        Expect(request.Query.Keys.All(key => key == "includedetails"), request, "a parameter that one record does not have");
        var row = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? tenant.Find(name, number) ?? (name == "Tickets" ? tenant.Find("Projects", number) : null) : null;
        return row is null ? new SimulatedAnswer(404, """{"error":"Not found"}""") : new SimulatedAnswer(200, row.ToJsonString());
    }

    private SimulatedAnswer Answer(HttpRequest request, string name, string? key, string[] parameters, string? changed)
    {
        var query = request.Query;
        Expect(query.Keys.All(parameters.Contains), request, "a parameter that the list does not have");
        IEnumerable<JsonObject> rows = tenant.List(name);
        switch (name)
        {
            case "Actions" when !query.ContainsKey("ticket_id"):
                return new SimulatedAnswer(500, """{"ClassName":"System.Exception","Message":"Object reference not set to an instance of an object."}""");
            case "Actions":
                rows = rows.Where(row => row["ticket_id"]!.ToString() == query["ticket_id"]);
                break;
            case "ChargeRate":
                rows = query.ContainsKey("contract_id") ? rows.Where(row => row["contract_id"]!.ToString() == query["contract_id"]) : rows.Where(row => (long)row["contract_id"]! == 0);
                break;
            case "TimesheetEvent":
                Expect(IsTime(query["start_date"]!) && IsTime(query["end_date"]!) && query["utcoffset"] == "0", request, "start_date, end_date and utcoffset");
                rows = rows.Where(row => IsFrom(row, "start_date", query["start_date"]!) && !IsFrom(row, "start_date", query["end_date"] + "~"));
                break;
        }

        if (changed is not null && query.TryGetValue("lastupdatefromdate", out var since))
        {
            Expect(IsTime(since!), request, "lastupdatefromdate is a time without a zone");
            rows = rows.Where(row => IsFrom(row, changed, since!));
        }

        var all = rows.ToList();
        if (parameters.Contains("page_no"))
        {
            if (query["pageinate"] != "true" || !int.TryParse(query["page_size"], out var size) || size is < 1 or > 100 || !int.TryParse(query["page_no"], out var page) || page < 1)
                return Refused("page_no and page_size are needed, of at most 100");

            size = Math.Min(size, MostRows);
            var last = Math.Max(1, (all.Count + size - 1) / size);
            rows = all.Skip(((Repeating.Contains(name) ? Math.Min(page, last) : page) - 1) * size).Take(size);
        }

        var items = "[" + string.Join(',', rows.Select(row => Listed(row).ToJsonString())) + "]";
        return new SimulatedAnswer(200, key is null ? items : $$"""{"record_count":{{RecordCount(all.Count)}},"{{key}}":{{items}}}""");
    }

    private SimulatedAnswer Change(HttpRequest request, byte[] body)
    {
        Posted.Add(Encoding.UTF8.GetString(body));
        Expect(request.ContentType == "application/json; charset=utf-8", request, "JSON is sent");
        if (JsonNode.Parse(body) is not JsonArray { Count: 1 } changes)
            return Refused("a list of records is sent");

        var change = changes[0]!.AsObject();
        var action = tenant.Find("Actions", HaloTenant.KeyOfAction((long)change["ticket_id"]!, (long)change["id"]!));
        if (action is null)
            return new SimulatedAnswer(404, "");
        foreach (var (name, value) in change.Where(_ => !ForgetsChanges))
            action[name] = value!.DeepClone();
        return new SimulatedAnswer(201, action.ToJsonString());
    }

    private SimulatedAnswer? Webhook(HttpRequest request, string[] parts, byte[] body)
    {
        switch (request.Method, parts)
        {
            case ("GET", [_, _]):
                Expect(request.Query["type"] == "0", request, "outbound webhooks are asked for");
                return new SimulatedAnswer(200, new JsonArray([.. Webhooks.Select(each => (JsonNode)new JsonObject { ["id"] = each.Key, ["name"] = each.Value["name"]!.DeepClone() })]).ToJsonString());
            case ("GET", [_, _, var id]):
                var shown = Webhooks.TryGetValue(id, out var known) ? known.DeepClone().AsObject() : null;
                shown?.Remove("basic_password");
                return shown is null ? new SimulatedAnswer(404, "") : new SimulatedAnswer(200, shown.ToJsonString());
            case ("POST", [_, _]) when JsonNode.Parse(body) is JsonArray { Count: 1 } list:
                var webhook = list[0]!.AsObject();
                if (webhook["id"] is { } changed && !Webhooks.ContainsKey((string)changed!))
                    return new SimulatedAnswer(404, "");
                webhook["id"] ??= $"4f7c2b1e-0000-4000-8000-{Webhooks.Count + 1:000000000000}";
                Webhooks[(string)webhook["id"]!] = webhook.DeepClone().AsObject();
                return new SimulatedAnswer(201, webhook.ToJsonString());
            case ("DELETE", [_, _, var removed]):
                return new SimulatedAnswer(Webhooks.Remove(removed) ? 200 : 404, "");
            default:
                return null;
        }
    }

    private JsonObject Listed(JsonObject row)
    {
        if (!row.Any(field => OnlyInDetails.Contains(field.Key)))
            return row;

        var listed = row.DeepClone().AsObject();
        foreach (var field in OnlyInDetails)
            listed.Remove(field);
        return listed;
    }

    private static bool IsFrom(JsonObject row, string field, string time) => string.CompareOrdinal((string?)row[field], time) >= 0;

    private static bool IsTime(string text) => DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
