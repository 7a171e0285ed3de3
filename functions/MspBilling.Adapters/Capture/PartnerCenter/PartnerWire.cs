using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MspBilling.Adapters.Http;
using Polly.Timeout;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>Sends requests to Microsoft, and puts what it refuses or fails to answer into words for who can mend it.</summary>
internal sealed class PartnerWire(PartnerCenterOptions options, IHttpClientFactory http)
{
    /// <summary>Of the HTTP client, which waits, tries again and times out. An export that is asked for twice does no harm.</summary>
    public const string ClientName = "partnercenter";

    private static readonly string[] WordFields = ["code", "error", "message", "description", "error_description"];
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>With the app's token, and once more with a new one where that has ended before its time.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(request(), token, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
            return answer;

        answer.Dispose();
        return await SendAsync(request(), await tokens.NewerThanAsync(token, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(ClientName);
            return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Never the query: that of a blob is its key.
            throw new SourceException(
                PartnerCenterFiles.SourceName,
                SourceFailure.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"Microsoft at {request.RequestUri!.Host} did not answer {request.Method} {request.RequestUri.AbsolutePath} in full, tried {options.Http.Tries} times. The next pull tries again."),
                e);
        }
    }

    /// <summary>The answer's JSON, which Partner Center begins with a byte order mark.</summary>
    public async Task<JsonElement> JsonAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonElement.Parse(body.Span.StartsWith("\uFEFF"u8) ? body.Span[3..] : body.Span);
        }
        catch (JsonException e)
        {
            throw Malformed($"Microsoft answered {what} with something that is no JSON or is cut off. The next pull tries again.", e);
        }
    }

    /// <summary>What an answer that is no success means.</summary>
    /// <param name="what">What was asked for, such as <c>GET customers</c>; without the key of a blob.</param>
    public async Task<SourceException> RefusalAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var status = (int)answer.StatusCode;
        var (failure, advice) = status switch
        {
            401 => (SourceFailure.Unauthorized, "Check that the app registration is of the partner's tenant and was given what it asks for."),
            403 => (SourceFailure.Unauthorized, "Give the app the application permission PartnerBilling.Read.All of Microsoft Graph with an administrator's consent, and register it in Partner Center (Account settings > App management)."),
            404 => (SourceFailure.Refused, "There is no such thing, or not yet: Microsoft shows a new invoice's lines some days after the invoice."),
            429 => (SourceFailure.Throttled, $"The next pull goes on; {PartnerCenterOptions.Path}Http:PerMinute can be set lower."),
            408 or >= 500 => (SourceFailure.Unavailable, "The next pull tries again."),
            >= 300 and < 400 => (SourceFailure.Refused, $"It redirects: check {PartnerCenterOptions.Path}GraphUrl and PartnerUrl."),
            _ => (SourceFailure.Refused, "It will not be answered however often it is sent."),
        };
        return Failure(failure, string.Create(CultureInfo.InvariantCulture, $"Microsoft answered {status} for {what}{words}. {advice}"));
    }

    public async Task<SourceException> NoTokenAsync(HttpResponseMessage answer, string scope, CancellationToken cancellationToken)
    {
        if ((int)answer.StatusCode is not (400 or 401 or 403))
            return await RefusalAsync(answer, "POST oauth2/v2.0/token", cancellationToken).ConfigureAwait(false);

        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return Failure(SourceFailure.Unauthorized, string.Create(
            CultureInfo.InvariantCulture,
            $"Microsoft gave no token for {scope}, it answered {(int)answer.StatusCode}{words}. Check {PartnerCenterOptions.Path}TenantId, ClientId and ClientSecret, and that the secret has not ended."));
    }

    public SourceException Malformed(string message, Exception? inner = null) => new(PartnerCenterFiles.SourceName, SourceFailure.Malformed, WithoutSecrets(message), inner);

    public SourceException Failure(SourceFailure failure, string message) => new(PartnerCenterFiles.SourceName, failure, WithoutSecrets(message));

    /// <summary><c>{"error":{"code","message"}}</c> of Graph, <c>{"code","description"}</c> of Partner Center, <c>{"error","error_description"}</c> of Entra; a blob's XML says no more than its status.</summary>
    public static string WordsOf(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object ? ""
        : json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? WordsOf(error)
        : string.Join(": ", WordFields.Select(name => Text(json, name)).OfType<string>());

    private static string WordsIn(byte[] body)
    {
        string said;
        try
        {
            said = WordsOf(JsonElement.Parse(body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsSpan(3) : body));
        }
        catch (JsonException)
        {
            return "";
        }

        return VendorWords.After(said);
    }

    /// <summary>Microsoft may repeat what it was sent.</summary>
    private string WithoutSecrets(string text) =>
        text.Replace(options.ClientSecret, "***", StringComparison.Ordinal).Replace(Uri.EscapeDataString(options.ClientSecret), "***", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Accept.Add(Json);
            return await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
