using System.Globalization;
using System.Text;
using System.Text.Json;
using Polly.Timeout;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Sends requests to the vendor, and puts what it refuses or fails to answer into words for who can mend it.</summary>
internal sealed class ConnectWiseWire(ConnectWiseOptions options, ConnectWiseSite site, IHttpClientFactory http)
{
    /// <summary>Of the HTTP client, which waits, tries again and times out.</summary>
    public const string ClientName = "connectwise";

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
                ConnectWiseSource.SourceName,
                SourceFailure.Unavailable,
                $"ConnectWise PSA at {request.RequestUri!.Host} did not answer {request.Method} {request.RequestUri.AbsolutePath} in full, tried {Times(options.Http.Tries)}. The next pull tries again.",
                e);
        }
    }

    /// <summary>What an answer that is no success means.</summary>
    /// <param name="what">What was asked for, such as <c>time/entries</c>.</param>
    /// <param name="permission">What the API member's role must allow for it.</param>
    public async Task<SourceException> RefusalAsync(HttpResponseMessage answer, string what, string? permission, CancellationToken cancellationToken)
    {
        var words = WordsIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var status = (int)answer.StatusCode;
        var (failure, advice) = status switch
        {
            400 when words.Code == "Security" => (SourceFailure.Unauthorized, "Check Sources:ConnectWise:Site."),
            401 => (SourceFailure.Unauthorized, "Check Sources:ConnectWise:CompanyId, PublicKey, PrivateKey and ClientId, and that the API member is active."),
            403 => (SourceFailure.Unauthorized, $"Give the API member's security role {permission ?? "the permission"}."),
            404 when site.IsCloud => (SourceFailure.Refused, "On the cloud this may also mean a wrong company or codebase: check Sources:ConnectWise:CompanyId, and Codebase where it is set."),
            404 => (SourceFailure.Refused, "Check Sources:ConnectWise:Site, and Codebase where it is set."),
            429 => (SourceFailure.Throttled, "The next pull goes on; Sources:ConnectWise:Http:PerMinute can be set lower."),
            408 or >= 500 => (SourceFailure.Unavailable, "The next pull tries again."),
            >= 300 and < 400 => (SourceFailure.Refused, $"It redirects{To(answer)}: check Sources:ConnectWise:Site, and Codebase where it is set."),
            _ => (SourceFailure.Refused, "It will not be answered however often it is sent."),
        };
        var message = string.Create(CultureInfo.InvariantCulture, $"ConnectWise PSA answered {status} for {what}{words.Said}. {advice}");
        return new SourceException(ConnectWiseSource.SourceName, failure, WithoutSecrets(message));
    }

    public SourceException Malformed(string what) => new(ConnectWiseSource.SourceName, SourceFailure.Malformed, WithoutSecrets(what));

    private static string Times(int tries) => tries == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{tries} times");

    private static string To(HttpResponseMessage answer) => answer.Headers.Location is { IsAbsoluteUri: true } location ? $" to {location.Host}" : "";

    /// <summary>The vendor may repeat what it was sent.</summary>
    private string WithoutSecrets(string text)
    {
        foreach (var secret in new[] { options.PrivateKey, options.PublicKey, options.ClientId, options.Webhooks?.Path }.OfType<string>())
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary><c>{"code","message","errors":[{"code","message","resource","field"}]}</c>, or <c>{"error","message"}</c> when there were too many requests.</summary>
    private static (string? Code, string Said) WordsIn(byte[] body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            if (json.ValueKind != JsonValueKind.Object)
                return (null, "");

            var code = Text(json, "code") ?? Text(json, "error");
            var said = new StringBuilder(": ").AppendJoin(", ", new[] { code, Text(json, "message") }.OfType<string>());
            if (json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
            {
                foreach (var error in errors.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.Object))
                {
                    var place = string.Join('.', new[] { Text(error, "resource"), Text(error, "field") }.OfType<string>());
                    said.Append("; ").AppendJoin(", ", new[] { place, Text(error, "code"), Text(error, "message") }.Where(part => !string.IsNullOrEmpty(part)));
                }
            }

            return (code, said.Length > 2 ? said.ToString().TrimEnd('.', ' ') : "");
        }
        catch (JsonException)
        {
            // A proxy's page, of which a person learns no more than from the status.
            return (null, "");
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
