using System.Globalization;
using System.Text.Json;
using MspBilling.Adapters.Http;
using Polly.Timeout;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>Sends requests to the vendor, and puts what it refuses or fails to answer into words for who can mend it.</summary>
internal sealed class Pax8Wire(Pax8Options options, IHttpClientFactory http)
{
    /// <summary>Of the HTTP client, which waits, tries again and times out.</summary>
    public const string ClientName = "pax8";

    private static readonly string[] WordFields = ["type", "error", "message", "error_description"];

    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(ClientName);
            return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SourceException(
                Pax8Files.SourceName,
                SourceFailure.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"Pax8 at {request.RequestUri!.Host} did not answer {request.Method} {request.RequestUri.AbsolutePath} in full, tried {options.Http.Tries} times. The next pull tries again."),
                e);
        }
    }

    public async Task<JsonElement> JsonAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException e)
        {
            throw Malformed($"Pax8 answered {what} with something that is no JSON or is cut off. Check {Pax8Options.Path}BaseUrl where it never answers otherwise; else the next pull tries again.", e);
        }
    }

    /// <summary>What an answer that is no success means.</summary>
    /// <param name="what">What was asked for, such as <c>GET invoices?page=2</c>.</param>
    public async Task<SourceException> RefusalAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var status = (int)answer.StatusCode;
        var (failure, advice) = status switch
        {
            401 => (SourceFailure.Unauthorized, $"Check {Pax8Options.Path}ClientId and ClientSecret, and that the API application is active."),
            403 => (SourceFailure.Unauthorized, "Give the API application the permission for it (Pax8 > Integrations > API Credentials)."),
            404 => (SourceFailure.Refused, $"Check {Pax8Options.Path}BaseUrl, which ends with /v1."),
            429 => (SourceFailure.Throttled, $"The next pull goes on; {Pax8Options.Path}Http:PerMinute can be set lower."),
            408 or >= 500 => (SourceFailure.Unavailable, "The next pull tries again."),
            >= 300 and < 400 => (SourceFailure.Refused, $"It redirects: check {Pax8Options.Path}BaseUrl and TokenUrl."),
            _ => (SourceFailure.Refused, "It will not be answered however often it is sent."),
        };
        return new SourceException(Pax8Files.SourceName, failure, WithoutSecrets(string.Create(CultureInfo.InvariantCulture, $"Pax8 answered {status} for {what}{words}. {advice}")));
    }

    public async Task<SourceException> NoTokenAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if ((int)answer.StatusCode is not (400 or 401 or 403))
            return await RefusalAsync(answer, "POST token", cancellationToken).ConfigureAwait(false);

        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return new SourceException(Pax8Files.SourceName, SourceFailure.Unauthorized, WithoutSecrets(string.Create(
            CultureInfo.InvariantCulture, $"Pax8 gave no token, it answered {(int)answer.StatusCode}{words}. Check {Pax8Options.Path}ClientId and ClientSecret.")));
    }

    public SourceException Malformed(string message, Exception? inner = null) => new(Pax8Files.SourceName, SourceFailure.Malformed, WithoutSecrets(message), inner);

    /// <summary><c>{"type","message","instance","status","details":[…]}</c> (<see href="https://devx.pax8.com/docs/errors"/>), <c>{"error","error_description"}</c>, or what a proxy says, of which nothing is repeated.</summary>
    private static string WordsIn(byte[] body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            var details = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("details", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
            var said = string.Join("; ", details.Prepend(json).SelectMany(part => WordFields.Select(name => Text(part, name))).OfType<string>().Distinct(StringComparer.Ordinal));
            return VendorWords.After(said);
        }
        catch (JsonException)
        {
            return "";
        }
    }

    /// <summary>The vendor may repeat what it was sent.</summary>
    private string WithoutSecrets(string text) => text.Replace(options.ClientSecret, "***", StringComparison.Ordinal);
}
