using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MspBilling.Tests.Capture.CloudEvents;

/// <summary>Events in their JSON form, and sending them.</summary>
internal static class UsageEvents
{
    public const string One = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    /// <summary>100 GB of storage on 18 September 2024.</summary>
    public static string Usage(string id, decimal quantity = 100, string owner = "\"client\":\"250\"", decimal? cost = null, string attributes = "", string time = "2024-09-18T10:00:00Z") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"specversion":"1.0","source":"/meters/backup","id":"{{{id}}}","type":"mspbilling.usage.v1","time":"{{{time}}}"{{{attributes}}},"data":{{{{owner}}},"sku":"GB","service":"Backup storage","quantity":{{{quantity}}},"unit":"GB"{{{(cost is { } c ? string.Create(CultureInfo.InvariantCulture, $",\"cost\":{c},\"currency\":\"EUR\"") : "")}}}}}""");

    public static string Count(string id, decimal quantity = 42) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"specversion":"1.0","source":"/meters/seats","id":"{{{id}}}","type":"mspbilling.count.v1","data":{"client":"250","sku":"M365","day":"2024-09-30","quantity":{{{quantity}}}}}""");

    public static string List(IEnumerable<string> events) => $"[{string.Join(',', events)}]";

    public static async Task<(HttpStatusCode Status, JsonElement Answer, HttpResponseHeaders Headers)> SendAsync(this HttpClient http, string contentType, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/usage", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement, response.Headers);
    }

    /// <summary>Accepted, duplicates, refused.</summary>
    public static (int Accepted, int Duplicates, int Refused) Counts(this JsonElement answer) =>
        (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32(), answer.GetProperty("refused").GetInt32());

    public static string ProblemOf(this JsonElement answer, int index) => answer.GetProperty("events")[index].GetProperty("problem").GetString()!;
}
