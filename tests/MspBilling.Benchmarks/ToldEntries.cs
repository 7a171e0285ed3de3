using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>ConnectWise PSA as far as callbacks need it: it signs them, tells its key, and has every time entry that they tell of.</summary>
internal sealed class ToldEntries : IRecordSource
{
    public const string Path = "a-secret-path-of-webhooks";

    private const string Site = "https://na.myconnectwise.net";
    private const string CompanyId = "harbourlight";
    private const string SigningKey = "signing-key-of-the-benchmark";

    // Its own keys are signed by their own hash (developer guide, "Verifying the Callback Source").
    private static readonly byte[] Secret = SHA256.HashData(Encoding.UTF8.GetBytes(SigningKey));

    public static IEnumerable<KeyValuePair<string, string?>> Settings { get; } =
    [
        new("Sources:ConnectWise:Site", Site),
        new("Sources:ConnectWise:CompanyId", CompanyId),
        new("Sources:ConnectWise:PublicKey", "public"),
        new("Sources:ConnectWise:PrivateKey", "private"),
        new("Sources:ConnectWise:ClientId", "00000000-0000-0000-0000-000000000000"),
        new("Sources:ConnectWise:Currency", "EUR"),
        new("Sources:ConnectWise:Webhooks:Path", Path),
    ];

    public string Name => "connectwise";

    public IReadOnlyList<RecordFeed> Feeds { get; } = [new("time-entries", "connectwise/time-entries")];

    /// <summary>A callback as it is posted.</summary>
    public static HttpRequestMessage Callback(int id)
    {
        var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {"MessageId":"message-{{id}}","FromUrl":"na.myconnectwise.net","CompanyId":"{{CompanyId}}","MemberId":"JDOE","Action":"updated","Type":"time","ID":{{id}},"ProductInstanceId":null,"PartnerId":null,
             "Entity":"{\"id\":{{id}},\"company\":{\"id\":7,\"name\":\"Company 7\"},\"notes\":\"{{new string('n', 1500)}}\"}","Metadata":{"key_url":"{{Site}}/v4_6_release/apis/3.0/system/callbackkeys"} }
            """));
        var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"api/webhooks/connectwise/{Path}?recordId={id}")) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(CallbackSignature.Header, Convert.ToBase64String(HMACSHA256.HashData(Secret, body)));
        return request;
    }

    public IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RecordPage>();

    public IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, CancellationToken cancellationToken) => AsyncEnumerable.Empty<string>();

    // As long as a vendor takes at its best.
    public async Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        await Task.Delay(20, cancellationToken);
        var client = (int.Parse(externalId, CultureInfo.InvariantCulture) % 50) + 1;
        return new RecordPage($"time-entries@id-{externalId}.json", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            [{"id":{{externalId}},"company":{"id":{{client}},"identifier":"C{{client}}","name":"Company {{client}}"},"chargeToType":"Activity","member":{"id":7,"identifier":"T7","name":"Technician 7"},
              "timeStart":"2024-09-12T09:00:00Z","actualHours":1.5,"billableOption":"Billable","notes":"{{new string('n', 200)}}","status":"Approved","_info":{"lastUpdated":"2024-09-12T12:00:00Z"} }]
            """)));
    }

    /// <summary>Answers who asks for the key.</summary>
    public sealed class Key : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"signing_key":"{{SigningKey}}"}""") });
    }
}
