using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MspBilling.Tests.Capture.Pax8;

/// <summary>Pax8's interface as far as the connector uses it, and as strict.</summary>
internal sealed class Pax8Simulator(Pax8Account account) : VendorSimulator
{
    public const string ClientId = "kQ7-client";
    public const string Secret = "s3cr3t-of-pax8";

    private readonly Lock _lock = new();
    private string? _token;
    private int _uses;
    private int _throttled;

    /// <summary>Called with the number of each request before it is answered.</summary>
    public Action<int> Before { get; set; } = _ => { };

    /// <summary>Requests after which a token is refused, whatever its time.</summary>
    public int TokenLasts { get; set; } = int.MaxValue;

    /// <summary>Which pages lack their last record, by the number of the request.</summary>
    public Func<int, bool> Shortens { get; set; } = _ => false;

    public int Tokens { get; private set; }

    // No header of how long to wait is documented; some proxies send one.
    protected override SimulatedAnswer TooMany() => new(429, Error("TOO_MANY_REQUESTS", 429))
    {
        Headers = ++_throttled % 2 == 0 ? new Dictionary<string, string> { ["Retry-After"] = "1" } : new Dictionary<string, string>(),
    };

    protected override Task<SimulatedAnswer?> AnswerAsync(HttpRequest request, byte[] body)
    {
        lock (_lock)
        {
            Before(Requests);
            return Task.FromResult(request.Path == "/v1/token" ? Token(request, JsonNode.Parse(body)!.AsObject()) : Resource(request));
        }
    }

    private static string Error(string type, int status) => $$"""{"type":"{{type}}","message":"It is so.","instance":"/v1/x","status":{{status}},"details":[]}""";

    private SimulatedAnswer Token(HttpRequest request, JsonObject asked)
    {
        Expect(request.Method == "POST" && asked.Count == 4 && (string?)asked["grant_type"] == "client_credentials" && (string?)asked["audience"] == "https://api.pax8.com", request, "a token is asked for with four fields");
        if ((string?)asked["client_id"] != ClientId || (string?)asked["client_secret"] != Secret)
            return new SimulatedAnswer(401, $$"""{"error":"access_denied","error_description":"Unauthorized with {{asked["client_secret"]}}"}""");

        (_token, _uses) = ("token-" + ++Tokens, 0);
        return new SimulatedAnswer(200, $$"""{"access_token":"{{_token}}","expires_in":86400,"token_type":"Bearer"}""");
    }

    private SimulatedAnswer? Resource(HttpRequest request)
    {
        Expect(request.Headers.Accept == "application/json" && request.Method == "GET", request, "JSON is asked for");
        if (_token is null || request.Headers.Authorization != "Bearer " + _token || ++_uses > TokenLasts)
            return new SimulatedAnswer(401, Error("UNAUTHORIZED", 401));

        return request.Path.Value!.Split('/')[2..] switch
        {
            ["companies"] => List(request, account.Companies, []),
            ["companies", var id] => One(account.Companies, id),
            ["products", var id] => One(account.Products, id),
            ["subscriptions"] => List(request, account.Subscriptions, ["sort"]),
            ["subscriptions", var id, "usage-summaries"] => List(request, account.Summaries.GetValueOrDefault(id, []), []),
            ["usage-summaries", var id] => One(account.Summaries.Values.SelectMany(list => list), id),
            ["usage-summaries", var id, "usage-lines"] => UsageLines(request, id),
            ["invoices"] => List(request, account.Invoices.Where(invoice => string.CompareOrdinal((string?)invoice["invoiceDate"], request.Query["invoiceDateRangeStart"]) >= 0), ["sort", "invoiceDateRangeStart"]),
            ["invoices", var id] => One(account.Invoices, id),
            ["invoices", var id, "items"] => account.Items.TryGetValue(id, out var items) ? List(request, items, []) : NotFound(),
            _ => null,
        };
    }

    private SimulatedAnswer UsageLines(HttpRequest request, string id)
    {
        Expect(request.Query.ContainsKey("usageDate"), request, "usageDate is required");
        return List(request, account.UsageLines.GetValueOrDefault(id, []).Where(line => (string?)line["usageDate"] == request.Query["usageDate"]), ["usageDate"]);
    }

    private static SimulatedAnswer NotFound() => new(404, Error("NOT_FOUND", 404));

    private static SimulatedAnswer One(IEnumerable<JsonObject> records, string id) =>
        records.FirstOrDefault(record => (string?)record["id"] == id) is { } found ? new SimulatedAnswer(200, found.ToJsonString()) : NotFound();

    private SimulatedAnswer List(HttpRequest request, IEnumerable<JsonObject> records, string[] known)
    {
        Expect(request.Query.Keys.All(name => name is "page" or "size" || known.Contains(name)), request, "a parameter that the list does not have");
        var (page, size) = (int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture), int.Parse(request.Query["size"]!, CultureInfo.InvariantCulture));
        if (size is < 1 or > 200 || page < 0)
            return new SimulatedAnswer(400, Error("BAD_REQUEST", 400));

        var all = records.ToList();
        var content = all.Skip(page * size).Take(size).Select(record => record.ToJsonString()).ToList();
        if (content.Count > 0 && Shortens(Requests))
            content.RemoveAt(content.Count - 1);
        return new SimulatedAnswer(200, $$"""{"content":[{{string.Join(',', content)}}],"page":{"size":{{size}},"totalElements":{{all.Count}},"totalPages":{{(all.Count + size - 1) / size}},"number":{{page}} } }""");
    }
}
