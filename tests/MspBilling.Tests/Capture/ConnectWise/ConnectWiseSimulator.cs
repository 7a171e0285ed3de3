using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <param name="Changed">To the tick, of which the vendor tells the second.</param>
internal sealed record SimulatedRecord(JsonObject Json, DateTimeOffset Changed)
{
    public long Id => Json["id"]!.GetValue<long>();
}

/// <summary>ConnectWise PSA's REST interface 3.0, as far as it is read, with what the vendor refuses refused.</summary>
internal sealed class ConnectWiseSimulator : VendorSimulator
{
    public const string CompanyId = "acmemsp";
    public const string PublicKey = "pubKEY1234";
    public const string PrivateKey = "privKEY5678";
    public const string ClientId = "6c5e3cb4-0f2e-4f6f-9d8a-6a0c3a3d7f11";

    private static readonly string[] Parameters = ["conditions", "orderBy", "fields", "page", "pageSize", "pageId"];
    private static readonly string[] Fields = ["id", "lastUpdated", "_info/lastUpdated", "timeStart", "date", "chargeToId", "chargeToType"];
    private readonly Dictionary<string, SortedDictionary<long, SimulatedRecord>> _lists = [];
    private const string Callbacks = "system/callbacks";
    private readonly Lock _lock = new();
    private int _answered;

    /// <summary>The vendor's clock.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 8, 3, 9, 0, 0, TimeSpan.Zero);

    /// <summary>How long each request takes by the vendor's clock.</summary>
    public TimeSpan TimePerRequest { get; set; } = TimeSpan.FromSeconds(1);

    public string Codebase { get; set; } = "v2026_1/";

    /// <summary>Whether an address of another codebase is redirected, not unknown.</summary>
    public bool Redirects { get; set; }

    /// <summary>What the keys are; another than the client's is refused.</summary>
    public string Keys { get; set; } = $"{CompanyId}+{PublicKey}:{PrivateKey}";

    /// <summary>Answers instead of the vendor's own, by path; null leaves it its own.</summary>
    public Func<string, SimulatedAnswer?> Instead { get; set; } = _ => null;

    /// <summary>Done before the answer of a number, to change what is paged through.</summary>
    public Action<int> Meanwhile { get; set; } = _ => { };

    /// <summary>Whether a change of a record is answered with success and forgotten, as that of an unknown path is.</summary>
    public bool ForgetsChanges { get; set; }

    public List<string> Addresses { get; } = [];

    /// <summary>With which callbacks are signed; null where there is none at the address.</summary>
    public string? SigningKey { get; set; } = "abc123";

    public string KeyUrl => $"{Address}{Codebase}apis/3.0/system/callbacks/keys/7";

    /// <summary>A callback as it is sent, with the record in a text.</summary>
    public byte[] Callback(string type, long id, string action, string message) => Encoding.UTF8.GetBytes(
        $$"""{"MessageId":"{{message}}","FromUrl":"na.myconnectwise.net","CompanyId":"{{CompanyId}}","MemberId":"JDOE","Action":"{{action}}","Type":"{{type}}","ID":{{id}},"ProductInstanceId":null,"PartnerId":null,"Entity":"{\"id\":{{id}}}","Metadata":{"key_url":"{{KeyUrl}}"} }""");

    /// <summary>Tells all active callbacks of a type; their answers.</summary>
    public async Task<List<int>> TellAsync(string type, long id, string action, string message)
    {
        var answers = new List<int>();
        var body = Callback(type, id, action, message);
        foreach (var callback in List(Callbacks).Values.Where(each => (string)each.Json["type"]! == type && !(bool)each.Json["inactiveFlag"]!).ToList())
            answers.Add(await SendAsync(new Uri($"{(string)callback.Json["url"]!}{id}&action={action}"), body, CallbackSignatureTests.Header, CallbackSignatureTests.SignatureOf(body, SigningKey!)));
        return answers;
    }

    public SortedDictionary<long, SimulatedRecord> List(string path) => _lists.TryGetValue(path, out var list) ? list : _lists[path] = [];

    /// <summary>Adds or replaces a record, changed now.</summary>
    public void Put(string path, string json) => Put(path, (JsonObject)JsonNode.Parse(json)!);

    public void Put(string path, JsonObject json)
    {
        json["_info"] = new JsonObject { ["lastUpdated"] = Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["updatedBy"] = "JDOE" };

        // As text and back, so that a number is one of JSON whatever it was made of.
        var record = new SimulatedRecord((JsonObject)JsonNode.Parse(json.ToJsonString())!, Now);
        List(path)[record.Id] = record;
    }

    public void RemoveList(string path) => _lists.Remove(path);

    protected override Task<SimulatedAnswer?> AnswerAsync(HttpRequest request, byte[] body)
    {
        lock (_lock)
        {
            Now += TimePerRequest;
            Meanwhile(++_answered);
            Addresses.Add($"{request.Method} {request.Path}{request.QueryString}");
            var answer = Answer(request, body);
            return Task.FromResult(answer is null ? null : answer with { Headers = new Dictionary<string, string>(answer.Headers) { ["Date"] = Now.ToString("R", CultureInfo.InvariantCulture) } });
        }
    }

    protected override SimulatedAnswer TooMany() => new(429, """{"error":"ConnectWiseAPI","message":"Too many requests. Please try again in 30 seconds."}""")
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
    };

    private static SimulatedAnswer Error(int status, string code, string message) =>
        new(status, JsonSerializer.Serialize(new { code, message, errors = (object?)null }));

    private SimulatedAnswer? Answer(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value!;
        if (path.StartsWith("/login/companyinfo/", StringComparison.Ordinal))
        {
            Expect(request.Headers.Authorization.Count == 0, request, "keys are not sent to the login");
            return new SimulatedAnswer(200, path.EndsWith('/' + CompanyId, StringComparison.Ordinal)
                ? JsonSerializer.Serialize(new { CompanyName = "Acme MSP", Codebase, VersionCode = "v2026.1", CompanyID = CompanyId, IsCloud = true })
                : "null");
        }

        var place = path.Split("/apis/3.0/");
        if (place.Length != 2)
            return null;
        if (place[0] != "/" + Codebase.TrimEnd('/'))
        {
            return Redirects
                ? new SimulatedAnswer(302, "") { Headers = new Dictionary<string, string> { ["Location"] = $"{Address}{Codebase}apis/3.0/{place[1]}" } }
                : Error(404, "NotFound", "The resource was not found.");
        }

        if (place[1] == "system/callbacks/keys/7")
        {
            Expect(request.Method == "GET" && request.Headers.Authorization.Count == 0 && !request.Headers.ContainsKey("clientId"), request, "a key is asked for without keys of ours");
            return SigningKey is null ? Error(404, "NotFound", "There is no key.") : new SimulatedAnswer(200, $$"""{"signing_key":"{{SigningKey}}"}""");
        }

        if (request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Keys)))
            return Error(401, "Unauthorized", "Invalid member credentials.");
        if (request.Headers["clientId"] != ClientId)
            return Error(401, "Unauthorized", "clientId is invalid.");
        Expect(request.Headers.Accept == "application/vnd.connectwise.com+json; version=2019.1", request, "a version is asked for");
        if (Instead(place[1]) is { } instead)
            return instead;

        if (request.Method == "PATCH")
            return Patched(place[1], body, request);
        if (request.Method == "POST" && place[1] == Callbacks)
            return Made(body, request);
        if (request.Method == "DELETE" && place[1].StartsWith(Callbacks + "/", StringComparison.Ordinal))
            return List(Callbacks).Remove(long.Parse(place[1][(Callbacks.Length + 1)..], CultureInfo.InvariantCulture)) ? new SimulatedAnswer(204, "") : Error(404, "NotFound", "The record was not found.");
        var isSearch = request.Method == "POST" && place[1].EndsWith("/search", StringComparison.Ordinal);
        if (!isSearch && request.Method != "GET")
            return Error(405, "MethodNotAllowed", "The method is not supported.");
        var list = isSearch ? place[1][..^"/search".Length] : place[1];
        return _lists.TryGetValue(list, out var records) ? Listed(records.Values, list, request, isSearch ? JsonNode.Parse(body)!["conditions"]!.GetValue<string>() : null) : Missing(list);
    }

    // A list that nothing was put in is empty; that of a parent that is not there is unknown.
    private SimulatedAnswer? Missing(string list) => list.Split('/') switch
    {
        [var room, var parents, var id, _] => List($"{room}/{parents}").ContainsKey(long.Parse(id, CultureInfo.InvariantCulture)) ? new SimulatedAnswer(200, "[]") : Error(404, "NotFound", "The parent was not found."),
        _ => new SimulatedAnswer(200, "[]"),
    };

    private SimulatedAnswer Listed(IEnumerable<SimulatedRecord> records, string list, HttpRequest request, string? searched)
    {
        var query = request.Query;
        Expect($"{Address}{request.Path}{request.QueryString}".Length <= 2000, request, "an address of at most 2,000 characters");
        if (query.Keys.Except(Parameters).FirstOrDefault() is { } unknown || (searched is not null && query.ContainsKey("conditions")))
            return Error(400, "InvalidParameter", "A parameter is not known.");
        if (!int.TryParse(query["pageSize"].FirstOrDefault("25"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > 1000)
            return Error(400, "InvalidPageSize", "The page size is from 1 to 1000.");

        var conditions = searched ?? query["conditions"].FirstOrDefault();
        var matching = records;
        try
        {
            if (conditions is not null)
                matching = [.. records.Where(SimulatedConditions.Parse(conditions, Field))];
        }
        catch (InvalidConditionException e)
        {
            return Error(400, "InvalidCondition", e.Message);
        }

        var isForward = request.Headers["pagination-type"] == "forward-only";
        if (isForward)
        {
            Expect(!query.ContainsKey("orderBy") && !query.ContainsKey("page"), request, "forward-only pages are by id");
            var after = long.Parse(query["pageId"].FirstOrDefault("0")!, CultureInfo.InvariantCulture);
            var page = matching.Where(record => record.Id > after).OrderBy(record => record.Id).Take(size).ToList();
            return Page(page, query["fields"], $"<{Address}{list}?pageId={page.LastOrDefault()?.Id ?? after}&pageSize={size}>; rel=\"next\"");
        }

        Expect(!query.ContainsKey("pageId"), request, "pageId is for forward-only pages");
        var number = int.Parse(query["page"].FirstOrDefault("1")!, CultureInfo.InvariantCulture);
        var ordered = Ordered(matching, query["orderBy"].FirstOrDefault());
        if (ordered is null)
            return Error(400, "InvalidOrder", "The order is not known.");
        var links = new List<string>();
        var pages = (ordered.Count + size - 1) / size;
        if (number < pages)
            links.Add($"<{Address}{list}?page={number + 1}&pageSize={size}&x=a,b;rel=prev>; rel=\"next\"");
        links.Add($"<{Address}{list}?page={pages}&pageSize={size}>; rel=\"last\"");
        return Page(ordered.Skip((number - 1) * size).Take(size), query["fields"], string.Join(", ", links));
    }

    private static List<SimulatedRecord>? Ordered(IEnumerable<SimulatedRecord> records, string? order) => order switch
    {
        null or "id asc" => [.. records.OrderBy(record => record.Id)],
        "lastUpdated asc, id asc" or "_info/lastUpdated asc, id asc" => [.. records.OrderBy(record => record.Changed).ThenBy(record => record.Id)],
        _ => null,
    };

    private static SimulatedAnswer Page(IEnumerable<SimulatedRecord> records, string? fields, string links)
    {
        var asked = fields?.Split(',');
        var page = new JsonArray([.. records.Select(record => asked is null
            ? record.Json.DeepClone()
            : new JsonObject(record.Json.Where(field => asked.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))))]);
        return new SimulatedAnswer(200, page.ToJsonString()) { Headers = new Dictionary<string, string> { ["Link"] = links } };
    }

    private static JsonNode? Field(SimulatedRecord record, string field) => field switch
    {
        "lastUpdated" or "_info/lastUpdated" => record.Changed.ToString("O", CultureInfo.InvariantCulture),
        _ when Fields.Contains(field) => record.Json[field],
        _ => throw new InvalidConditionException($"{field} is no field."),
    };

    private SimulatedAnswer Patched(string path, byte[] body, HttpRequest request)
    {
        var slash = path.LastIndexOf('/');
        if (!List(path[..slash]).TryGetValue(long.Parse(path[(slash + 1)..], CultureInfo.InvariantCulture), out var record))
            return Error(404, "NotFound", "The record was not found.");

        Expect(request.ContentType == "application/json; charset=utf-8", request, "JSON");
        var json = (JsonObject)record.Json.DeepClone();
        foreach (var operation in JsonNode.Parse(body)!.AsArray())
        {
            if (!ForgetsChanges && json.ContainsKey(operation!["path"]!.GetValue<string>()))
                json[operation["path"]!.GetValue<string>()] = operation["value"]?.DeepClone();
        }

        Put(path[..slash], json);
        return new SimulatedAnswer(200, json.ToJsonString());
    }

    private SimulatedAnswer Made(byte[] body, HttpRequest request)
    {
        var callback = JsonNode.Parse(body)!.AsObject();
        Expect(request.ContentType == "application/json; charset=utf-8", request, "JSON");
        foreach (var name in new[] { "url", "objectId", "type", "level" })
        {
            if (callback[name] is null)
                return Error(400, "InvalidObject", $"callback object is invalid: {name} is required");
        }

        callback["id"] = List(Callbacks).Keys.Append(60).Max() + 1;
        callback["memberId"] = 17;
        Put(Callbacks, callback);
        return new SimulatedAnswer(201, callback.ToJsonString());
    }
}
