using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>Entra, Partner Center, Microsoft Graph's billing exports and the storage of their files, as far as the connector uses them and as strict.</summary>
internal sealed class PartnerSimulator(PartnerTenant tenant) : VendorSimulator
{
    public const string TenantId = "aab3f2c1-0000-4000-8000-0000000000aa";
    public const string ClientId = "5c0de1a7-client";
    public const string Secret = "s3cr3t~of.Entra";
    public const string GraphScope = "https://graph.microsoft.com/.default";
    public const string PartnerScope = "https://api.partnercenter.microsoft.com/.default";
    private const string Billing = "/graph/reports/partners/billing/";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Scope, int Uses)> _tokens = [];
    private readonly List<Export> _exports = [];
    private int _keys;
    private int _given;
    private int _keyUses;

    /// <summary>Called with the number of each request before it is answered.</summary>
    public Action<int> Before { get; set; } = _ => { };

    /// <summary>Requests after which a token is refused, whatever its time.</summary>
    public int TokenLasts { get; set; } = int.MaxValue;

    /// <summary>Blobs that a key opens.</summary>
    public int KeyLasts { get; set; } = int.MaxValue;

    /// <summary>How often an operation is told to run before it ends.</summary>
    public int Polls { get; set; } = 1;

    /// <summary>Which operations fail, by their number.</summary>
    public Func<int, bool> Fails { get; set; } = _ => false;

    /// <summary>Which answers with a blob hold half of it, by the number of the request.</summary>
    public Func<int, bool> Halves { get; set; } = _ => false;

    /// <summary>Lines of a blob.</summary>
    public int BlobLines { get; set; } = 2;

    public int MostRows { get; set; } = 500;

    public bool NamesManifest { get; set; }

    public int Tokens => _given;

    public int Exports => _exports.Count;

    /// <summary>What is answered instead, to a path.</summary>
    public Dictionary<string, SimulatedAnswer> Instead { get; } = [];

    protected override SimulatedAnswer TooMany() => new(429, """{"error":{"code":"TooManyRequests","message":"Too many requests."}}""") { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } };

    protected override Task<SimulatedAnswer?> AnswerAsync(HttpRequest request, byte[] body)
    {
        lock (_lock)
        {
            Before(Requests);
            return Task.FromResult(Instead.TryGetValue(request.Path, out var instead) ? instead
                : request.Path == $"/auth/{TenantId}/oauth2/v2.0/token" ? Token(request, body)
                : request.Path.StartsWithSegments("/blobs") ? Blob(request)
                : request.Path.StartsWithSegments("/pc") ? Authorized(request, PartnerScope) ?? Partner(request)
                : request.Path.StartsWithSegments("/graph") ? Authorized(request, GraphScope) ?? Graph(request, body)
                : null);
        }
    }

    private SimulatedAnswer Token(HttpRequest request, byte[] body)
    {
        var form = Encoding.UTF8.GetString(body).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        Expect(request.Method == "POST" && form.Count == 4 && form["grant_type"] == "client_credentials", request, "a token is asked for with four fields of a form");
        if (form["client_id"] != ClientId || form["client_secret"] != Secret || form["scope"] is not (GraphScope or PartnerScope))
            return new SimulatedAnswer(401, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided: {{form["client_secret"]}}."}""");

        _tokens["token-" + ++_given] = (form["scope"], 0);
        return new SimulatedAnswer(200, $$"""{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"token-{{_given}}"}""");
    }

    // Each interface has tokens of its own.
    private SimulatedAnswer? Authorized(HttpRequest request, string scope)
    {
        var token = request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        Expect(request.Headers.Accept == "application/json", request, "Accept is application/json");
        if (!_tokens.TryGetValue(token, out var known) || known.Scope != scope || known.Uses >= TokenLasts)
            return new SimulatedAnswer(401, """{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired."}}""");

        _tokens[token] = (scope, known.Uses + 1);
        return null;
    }

    private SimulatedAnswer? Partner(HttpRequest request)
    {
        if (request.Method != "GET")
            return null;
        if (request.Path == "/pc/invoices")
        {
            var offset = int.Parse(request.Query["offset"]!, CultureInfo.InvariantCulture);
            var size = Math.Min(int.Parse(request.Query["size"]!, CultureInfo.InvariantCulture), MostRows);
            var next = offset + size < tenant.Invoices.Count ? $$""","next":{"uri":"/invoices?size={{size}}&offset={{offset + size}}","method":"GET","headers":[]}""" : "";
            return List(tenant.Invoices.Skip(offset).Take(size), next);
        }

        if (request.Path == "/pc/customers")
        {
            var offset = request.Headers.TryGetValue("MS-ContinuationToken", out var token) ? int.Parse(token.ToString()["at-".Length..], CultureInfo.InvariantCulture) : 0;
            Expect(offset == 0 || request.Query["seekOperation"] == "Next", request, "the next page is asked for as the last one said");
            var next = offset + MostRows < tenant.Customers.Count
                ? $$""","next":{"uri":"/customers?size=500&seekOperation=Next","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"at-{{offset + MostRows}}"}]}""" : "";
            return List(tenant.Customers.Skip(offset).Take(MostRows), next);
        }

        return request.Path.Value!.Split('/') is ["", "pc", "customers", var id, "subscriptions"]
            ? tenant.Subscriptions.TryGetValue(id, out var subscriptions) ? List(subscriptions, "") : new SimulatedAnswer(403, """{"code":"3000","description":"The partner may not see it."}""")
            : null;
    }

    // The interface begins its answers with a byte order mark.
    private static SimulatedAnswer List(IEnumerable<JsonObject> items, string next)
    {
        var list = items.ToList();
        return new SimulatedAnswer(200, $$"""
            {{'\uFEFF'}}{"totalCount":{{list.Count}},"items":[{{string.Join(',', list.Select(item => item.ToJsonString()))}}],"links":{"self":{"uri":"/","method":"GET","headers":[]}{{next}} },"attributes":{"objectType":"Collection"} }
            """);
    }

    private SimulatedAnswer? Graph(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value![Billing.Length..];
        if (request.Method == "POST" && path.Split('/') is [var kind and ("usage" or "reconciliation"), var state and ("billed" or "unbilled"), "export"])
            return Ask(request, kind, state, JsonNode.Parse(body)!.AsObject());

        return (request.Method, path.Split('/')) switch
        {
            ("GET", ["operations", var id]) => Operation(_exports[int.Parse(id["op-".Length..], CultureInfo.InvariantCulture)]),
            ("GET", ["manifests", var id]) => new SimulatedAnswer(200, Manifest(_exports[int.Parse(id["m-".Length..], CultureInfo.InvariantCulture)])),
            _ => null,
        };
    }

    private SimulatedAnswer Ask(HttpRequest request, string kind, string state, JsonObject asked)
    {
        Expect(request.ContentType == "application/json; charset=utf-8" && (string?)asked["attributeSet"] == "full", request, "JSON with all attributes");
        var isBilled = state == "billed";
        Expect(asked.Count == (isBilled ? 2 : 3), request, "the parameters of the export");
        var of = isBilled ? (string)asked["invoiceId"]! : $"{asked["billingPeriod"]} {asked["currencyCode"]}";
        if (isBilled && !tenant.Lines.ContainsKey((kind, of)))
            return new SimulatedAnswer(404, """{"error":{"code":"NotFound","message":"The invoice is not found."}}""");

        _exports.Add(new Export(_exports.Count, [.. tenant.Lines.GetValueOrDefault((kind, of), []).Select(line => line.ToJsonString())], Polls));
        return new SimulatedAnswer(202, "") { Headers = new Dictionary<string, string> { ["Location"] = $"https://graph.microsoft.com/v1.0/reports/partners/billing/operations/op-{_exports.Count - 1}", ["Retry-After"] = "10" } };
    }

    private SimulatedAnswer Operation(Export export)
    {
        var id = $"\"id\":\"op-{export.Number}\",\"createdDateTime\":\"2026-11-23T05:00:00Z\"";
        if (export.Polls-- > 0)
            return new SimulatedAnswer(200, $$"""{"@odata.type":"#microsoft.graph.partners.billing.runningOperation",{{id}},"status":"running"}""") { Headers = new Dictionary<string, string> { ["Retry-After"] = "10" } };
        if (Fails(export.Number))
            return new SimulatedAnswer(200, $$"""{"@odata.type":"#microsoft.graph.partners.billing.failedOperation",{{id}},"status":"failed","error":{"code":"InternalError","message":"Try again."} }""");

        var location = NamesManifest ? $"\"https://graph.microsoft.com/v1.0/reports/partners/billing/manifests/m-{export.Number}\"" : Manifest(export);
        return new SimulatedAnswer(200, $$"""{"@odata.type":"#microsoft.graph.partners.billing.exportSuccessOperation",{{id}},"status":"{{(export.Number % 2 == 0 ? "succeeded" : "completed")}}","resourceLocation":{{location}}}""");
    }

    private string Manifest(Export export)
    {
        (_keys, _keyUses) = (_keys + 1, 0);
        var blobs = export.Lines.Chunk(BlobLines).Select((_, part) => $$"""{"name":"part-{{part:00000}}.json.gz","partitionValue":"default"}""").ToList();
        return $$"""{"id":"m-{{export.Number}}","schemaVersion":"2","dataFormat":"compressedJSON","eTag":"e-{{export.Number}}","partnerTenantId":"{{TenantId}}","rootDirectory":"{{Address}}blobs/{{export.Number}}","sasToken":"sv=2024&sig=key-{{_keys}}","partitionType":"default","blobCount":{{blobs.Count}},"blobs":[{{string.Join(',', blobs)}}]}""";
    }

    private SimulatedAnswer Blob(HttpRequest request)
    {
        Expect(request.Headers.Authorization.Count == 0, request, "a token is not sent to the storage");
        if (request.Query["sig"] != "key-" + _keys || ++_keyUses > KeyLasts)
            return new SimulatedAnswer(403, "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code></Error>") { ContentType = "application/xml" };

        var parts = request.Path.Value!.Split('/');
        var part = int.Parse(parts[3].AsSpan("part-".Length, 5), CultureInfo.InvariantCulture);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', _exports[int.Parse(parts[2], CultureInfo.InvariantCulture)].Lines.Chunk(BlobLines).ElementAt(part)) + "\n"));
        var bytes = compressed.ToArray();
        return new SimulatedAnswer(200, "") { Bytes = Halves(Requests) ? bytes[..(bytes.Length / 2)] : bytes, ContentType = "application/octet-stream" };
    }

    private sealed record Export(int Number, IReadOnlyList<string> Lines, int Polls)
    {
        public int Polls { get; set; } = Polls;
    }
}
