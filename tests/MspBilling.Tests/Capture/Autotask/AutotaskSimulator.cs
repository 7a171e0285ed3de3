using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>Autotask's REST interface: zone lookup, the three headers, queries with their operators, limits and paging tokens, picklists, thresholds and changes.</summary>
internal sealed class AutotaskSimulator : VendorSimulator
{
    public const string UserName = "api@acmemsp.example";
    public const string Secret = "t0p-s3cret";
    public const string IntegrationCode = "TRACK1234567890";

    private readonly ConcurrentDictionary<string, (string Entity, string Body, int Offset)> _pagings = new();
    private readonly ConcurrentDictionary<string, int> _threads = new();
    private readonly Lock _lock = new();
    private static readonly string[] NeededOfWebhooks = ["name", "webhookUrl", "deactivationUrl", "secretKey"];

    private readonly Dictionary<long, string> _secrets = [];
    private int _tokens;
    private long _lastId = 500;

    public AutotaskData Data { get; init; } = new();

    /// <summary>The path of the zone that answers; any other one does not know the user.</summary>
    public string Zone { get; set; } = "/zone3/atservicesrest/";

    /// <summary>Where the lookup says the zone is; null for <see cref="Zone"/>.</summary>
    public string? LookedUp { get; set; }

    public string? NextPageHost { get; set; }

    public bool IsDescending { get; set; }

    /// <summary>Paging tokens are not known any more.</summary>
    public bool TokensExpire { get; set; }

    public long RequestsThisHour { get; set; } = 12;

    /// <summary>Called before a request is answered, with its number.</summary>
    public Action<int>? Before { get; set; }

    /// <summary>Another answer than the simulator's, by the path after the zone.</summary>
    public Func<string, SimulatedAnswer?> Instead { get; set; } = _ => null;

    public ConcurrentQueue<string> Asked { get; } = new();

    public int SignIns { get; private set; }

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Takes { get; init; }

    /// <summary>The most requests for one kind of record that were open at once.</summary>
    public int MostThreads { get; private set; }

    public string ZoneUrl => Address.GetLeftPart(UriPartial.Authority) + Zone;

    protected override async Task<SimulatedAnswer?> AnswerAsync(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value!;
        Before?.Invoke(Requests);
        if (path == "/atservicesrest/v1.0/zoneInformation")
        {
            Expect(!request.Headers.ContainsKey("Secret"), request, "the zone is looked up without the secret");
            Asked.Enqueue("zone");
            return request.Query["user"] == UserName
                ? Json($$"""{"zoneName":"America East","url":"{{LookedUp ?? ZoneUrl}}","webUrl":"https://ww3.autotask.net/","ci":1234567}""")
                : Errors(500, "Zone information could not be determined.");
        }

        SignIns++;
        var isSignedIn = request.Headers["UserName"] == UserName && request.Headers["Secret"] == Secret && request.Headers["ApiIntegrationCode"] == IntegrationCode;
        if (!isSignedIn || !path.StartsWith(Zone, StringComparison.Ordinal))
            return Errors(401, $"The logged in Resource {request.Headers["UserName"]} with {request.Headers["Secret"]} is not authorized.");

        var rest = path[Zone.Length..];
        if (!rest.StartsWith("V1.0/", StringComparison.Ordinal))
            return null;

        rest = rest["V1.0/".Length..];
        Asked.Enqueue(rest);
        if (Instead(rest) is { } other)
            return other;

        var entity = rest.Split('/')[0];
        try
        {
            var threads = _threads.AddOrUpdate(entity, 1, (_, open) => open + 1);
            lock (_lock)
                MostThreads = Math.Max(MostThreads, threads);
            if (threads > 3)
                return TooMany();

            await Task.Delay(Takes);
            lock (_lock)
                return Answer(request, rest, entity, System.Text.Encoding.UTF8.GetString(body));
        }
        finally
        {
            _threads.AddOrUpdate(entity, 0, (_, open) => open - 1);
        }
    }

    protected override SimulatedAnswer TooMany() => Errors(429, "The number of threads for this object type was exceeded.");

    private static SimulatedAnswer Errors(int status, params IEnumerable<string> errors) =>
        new(status, new JsonObject { ["errors"] = new JsonArray([.. errors.Select(error => (JsonNode)error)]) }.ToJsonString());

    private SimulatedAnswer Json(string json) =>
        new(200, json) { Headers = new Dictionary<string, string> { ["Date"] = Data.Now.ToString("R", CultureInfo.InvariantCulture) } };

    private SimulatedAnswer? Answer(HttpRequest request, string rest, string entity, string body)
    {
        if (request.Method == "GET" && rest == "ThresholdInformation")
            return Json($$"""{"externalRequestThreshold":10000,"requestThresholdTimeframe":60,"currentTimeframeRequestCount":{{RequestsThisHour}}}""");
        if (!AutotaskEntities.Fields.TryGetValue(entity, out var fields))
            return null;
        if (request.Method == "GET" && rest == entity + "/entityInformation/fields")
            return Json(FieldsOf(entity, fields));
        if (request.Method == "PATCH" && rest == entity)
            return Changed(entity, body);
        if (entity.EndsWith("Webhooks", StringComparison.Ordinal) && !rest.EndsWith("/query", StringComparison.Ordinal))
            return Webhook(request, rest.Split('/'), body);
        if (request.Method != "POST" || request.ContentType != "application/json; charset=utf-8")
            return null;

        return rest == entity + "/query" ? Page(entity, body, 0)
            : rest != entity + "/query/next" ? null
            : TokensExpire || !_pagings.TryGetValue(request.Query["paging"].ToString(), out var paging) ? Errors(500, "The paging token has expired.")
            : paging.Body != body ? Errors(500, "The request differs from the one that the page is of.")
            : Page(paging.Entity, body, paging.Offset);
    }

    private SimulatedAnswer Changed(string entity, string body)
    {
        var change = JsonNode.Parse(body)!.AsObject();
        if (!Data.Rows(entity).TryGetValue(change["id"]!.GetValue<long>(), out var row))
            return Errors(404, $"No {entity} with that id.");
        foreach (var (name, value) in change.Where(each => each.Key != "secretKey"))
            row[name] = value?.DeepClone();
        if (change["secretKey"] is { } secret)
            _secrets[change["id"]!.GetValue<long>()] = (string)secret!;
        return Json($$"""{"itemId":{{change["id"]}}}""");
    }

    private static string FieldsOf(string entity, string[] fields)
    {
        var list = fields.Select(field =>
        {
            var picklist = AutotaskEntities.Picklists.GetValueOrDefault($"{entity}.{field}") ?? [];
            var values = picklist.Select(each => each.Split('=')).Select(each => (JsonNode)new JsonObject { ["value"] = each[0], ["label"] = each[1], ["isActive"] = true });
            return (JsonNode)new JsonObject { ["name"] = field, ["isPickList"] = picklist.Length > 0, ["picklistValues"] = picklist.Length > 0 ? new JsonArray([.. values]) : null };
        });
        return new JsonObject { ["fields"] = new JsonArray([.. list]) }.ToJsonString();
    }

    private SimulatedAnswer Page(string entity, string body, int offset)
    {
        var query = JsonNode.Parse(body)!.AsObject();
        if (AutotaskFilter.ProblemOf(entity, query) is { } problem)
            return Errors(500, problem);

        var most = query["MaxRecords"]!.GetValue<int>();
        var found = Data.Rows(entity).Where(row => AutotaskFilter.All(query["Filter"]!.AsArray(), row.Value)).Select(row => row.Value).ToList();
        if (IsDescending)
            found.Reverse();

        var names = query["IncludeFields"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet();
        var items = found.Skip(offset).Take(most).Select(row => (JsonNode)new JsonObject(row.Where(field => names?.Contains(field.Key) != false).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())))).ToList();
        string? next = null;
        if (offset + most < found.Count)
        {
            var token = string.Create(CultureInfo.InvariantCulture, $"t{++_tokens}");
            _pagings[token] = (entity, body, offset + most);
            next = $"{NextPageHost ?? Address.GetLeftPart(UriPartial.Authority)}{Zone}V1.0/{entity}/query/next?paging={token}";
        }

        return Json(new JsonObject
        {
            ["items"] = new JsonArray([.. items]),
            ["pageDetails"] = new JsonObject { ["count"] = items.Count, ["requestCount"] = most, ["prevPageUrl"] = null, ["nextPageUrl"] = next },
        }.ToJsonString());
    }

    /// <summary>Tells all webhooks of a kind that are active and ready; their answers.</summary>
    public async Task<List<int>> TellAsync(string entity, string told, long id, string action, int sequence)
    {
        var answers = new List<int>();
        foreach (var webhook in Data.Rows(entity + "Webhooks").Values.Where(each => (bool)each["isActive"]! && (bool)each["isReady"]!).ToList())
        {
            var body = System.Text.Encoding.UTF8.GetBytes($$"""{"Action":"{{action}}","Guid":"{{webhook["webhookGUID"]}}","EntityType":"{{told}}","Id":{{id}},"Fields":{"Status":"Caf\u00e9"},"EventTime":"{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}","SequenceNumber":{{sequence}},"PersonID":29682885}""");
            answers.Add(await SendAsync(new Uri((string)webhook["webhookUrl"]!), body, "X-Hook-Signature", AutotaskWebhookTests.SignatureOf(body, _secrets[(long)webhook["id"]!])));
        }

        return answers;
    }

    private SimulatedAnswer? Webhook(HttpRequest request, string[] path, string body)
    {
        var (rows, fields) = (Data.Rows(path[0]), Data.Rows(path[0][..^1] + "Fields"));
        switch (request.Method, path)
        {
            case ("POST", [_]):
                var webhook = JsonNode.Parse(body)!.AsObject();
                if (NeededOfWebhooks.FirstOrDefault(name => webhook[name] is null) is { } missing)
                    return Errors(500, $"{missing} is required.");
                if (rows.Count >= 50)
                    return Errors(500, "No more than 50 webhooks.");
                var id = ++_lastId;
                _secrets[id] = (string)webhook["secretKey"]!;
                webhook.Remove("secretKey");
                webhook["isReady"] = false;
                webhook["webhookGUID"] = $"guid-{id}";
                Data.Add(path[0], id, webhook.ToJsonString());
                return Json($$"""{"itemId":{{id}}}""");
            case ("POST", [_, var parent, "Fields"]) when rows.TryGetValue(long.Parse(parent, CultureInfo.InvariantCulture), out var row):
                var field = JsonNode.Parse(body)!.AsObject();
                if (fields.Values.Any(each => (long)each["webhookID"]! == (long)field["webhookID"]! && (long)each["fieldID"]! == (long)field["fieldID"]!))
                    return Errors(500, "The field is there already.");
                Data.Add(path[0][..^1] + "Fields", ++_lastId, body);
                row["isReady"] = true;
                return Json($$"""{"itemId":{{_lastId}}}""");
            case ("DELETE", [_, var removed]):
                return rows.Remove(long.Parse(removed, CultureInfo.InvariantCulture)) ? Json($$"""{"itemId":{{removed}}}""") : Errors(404, "There is none.");
            default:
                return null;
        }
    }
}
