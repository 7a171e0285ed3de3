using System.Globalization;
using System.Text;
using System.Text.Json;
using MspBilling.Adapters.Http;
using Polly.Timeout;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Sends requests to the vendor, and puts what it refuses or fails to answer into words for who can mend it.</summary>
internal sealed class HaloWire(HaloPsaOptions options, IHttpClientFactory http)
{
    /// <summary>Of the HTTP client, which waits, tries again and times out.</summary>
    public const string ClientName = "halopsa";

    /// <summary>Of the one that sends what must not be sent twice.</summary>
    public const string OnceName = "halopsa-once";


    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isOnce = request.Method == HttpMethod.Post && request.Content is StringContent;
        try
        {
            using var client = http.CreateClient(isOnce ? OnceName : ClientName);
            return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SourceException(
                HaloFields.SourceName,
                SourceFailure.Unavailable,
                $"HaloPSA at {request.RequestUri!.Host} did not answer {request.Method} {request.RequestUri.AbsolutePath} in full, tried {Times(isOnce ? 1 : options.Http.Tries)}. {(isOnce ? "Whether it was done is found out before it is sent again." : "The next pull tries again.")}",
                e);
        }
    }

    /// <summary>The answer's JSON.</summary>
    public async Task<JsonElement> JsonAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException e)
        {
            throw Malformed($"HaloPSA answered {what} with something that is no JSON or is cut off. Check {HaloPsaOptions.Path}ResourceUrl where it never answers otherwise; else the next pull tries again.", e);
        }
    }

    /// <summary>What an answer that is no success means.</summary>
    /// <param name="what">What was asked for, such as <c>GET Tickets?page_no=2</c>.</param>
    public async Task<SourceException> RefusalAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var status = (int)answer.StatusCode;
        var (failure, advice) = status switch
        {
            401 => (SourceFailure.Unauthorized, $"Check {HaloPsaOptions.Path}ClientId and ClientSecret, that the API application is active, and that its permissions and {HaloPsaOptions.Path}Scope allow it."),
            403 => (SourceFailure.Unauthorized, $"Give the API application the permission for it, and the agent that it signs in as; check {HaloPsaOptions.Path}Scope."),
            404 => (SourceFailure.Refused, $"Check {HaloPsaOptions.Path}ResourceUrl, which ends with /api."),
            429 => (SourceFailure.Throttled, $"The next pull goes on; {HaloPsaOptions.Path}Http:PerMinute can be set lower."),
            500 => (SourceFailure.Unavailable, "The next pull tries again; HaloPSA also says so of requests that it does not understand."),
            408 or > 500 => (SourceFailure.Unavailable, "The next pull tries again."),
            >= 300 and < 400 => (SourceFailure.Refused, $"It redirects{To(answer)}: check {HaloPsaOptions.Path}ResourceUrl and AuthUrl."),
            _ => (SourceFailure.Refused, "It will not be answered however often it is sent."),
        };
        return Failure(failure, string.Create(CultureInfo.InvariantCulture, $"HaloPSA answered {status} for {what}{words}. {advice}"));
    }

    /// <summary>What the authorisation server says of a request for a token.</summary>
    public async Task<SourceException> NoTokenAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if ((int)answer.StatusCode is not (400 or 401 or 403))
            return await RefusalAsync(answer, "POST token", cancellationToken).ConfigureAwait(false);

        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return Failure(SourceFailure.Unauthorized, string.Create(
            CultureInfo.InvariantCulture,
            $"HaloPSA gave no token, it answered {(int)answer.StatusCode}{words}. Check {HaloPsaOptions.Path}ClientId, ClientSecret and Scope, and Tenant where the authorisation server is shared; the API application's method must be Client ID and Secret (Services)."));
    }

    public SourceException Malformed(string message, Exception? inner = null) => new(HaloFields.SourceName, SourceFailure.Malformed, WithoutSecrets(message), inner);

    public SourceException Failure(SourceFailure failure, string message) => new(HaloFields.SourceName, failure, WithoutSecrets(message));

    private static string Times(int tries) => tries == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{tries} times");

    private static string To(HttpResponseMessage answer) => answer.Headers.Location is { IsAbsoluteUri: true } location ? $" to {location.Host}" : "";

    /// <summary>The vendor may repeat what it was sent.</summary>
    private string WithoutSecrets(string text)
    {
        foreach (var secret in new[] { options.ClientSecret, options.Webhooks?.Password, options.Webhooks?.Path }.OfType<string>())
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(secret), "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>
    /// <c>{"errors":["…"]}</c>, <c>{"details":"…"}</c>, <c>{"error","error_description"}</c>, <c>{"title"}</c>, <c>{"message"}</c>, a text in quotes, or plain text
    /// (contract notes, section 6); none of a page of HTML, of which a person learns no more than from the status.
    /// </summary>
    private static string WordsIn(byte[] body)
    {
        string said;
        try
        {
            said = Said(JsonElement.Parse(body));
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body).Trim();
            said = text.StartsWith('<') ? "" : text;
        }

        return VendorWords.After(said);
    }

    private static string Said(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Array => string.Join("; ", json.EnumerateArray().Select(Said).Where(part => part.Length > 0)),
        JsonValueKind.Object => string.Join("; ", json.EnumerateObject()
            .Where(property => property.Name.ToUpperInvariant() is "ERROR" or "ERROR_DESCRIPTION" or "ERRORS" or "DETAILS" or "MESSAGE" or "TITLE" or "CLASSNAME" || property.Value.ValueKind is JsonValueKind.Array)
            .Select(property => Said(property.Value)).Where(part => part.Length > 0)),
        _ => "",
    };
}
