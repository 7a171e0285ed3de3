using System.Globalization;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Sends requests to Autotask and puts into words what it refuses or fails to answer. No secret gets into them, even where the vendor repeats it.</summary>
/// <remarks>
/// A refusal is <c>{"errors":["…"]}</c>, also with 500 for some wrong requests (REST API, "Error handling"); 500 without such words is a failure on its side.
/// </remarks>
internal sealed class AutotaskWire(AutotaskOptions options, IHttpClientFactory http)
{
    public const string ClientName = "autotask";

    /// <summary>For what must not be sent twice.</summary>
    public const string OnceClientName = "autotask-once";

    private const int MostWords = 500;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string what, CancellationToken cancellationToken, bool once = false)
    {
        try
        {
            return await http.CreateClient(once ? OnceClientName : ClientName).SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or TimeoutException or OperationCanceledException or Polly.ExecutionRejectedException)
        {
            throw Failure(SourceFailure.Unavailable, $"Autotask did not answer {what}. The next pull tries again; if it goes on, check the connection and status.autotask.net.", e);
        }
    }

    /// <summary>The answer's JSON.</summary>
    public async Task<JsonElement> ReadAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw Failure(SourceFailure.Malformed, $"Autotask answered {what} with something that is no JSON. The next pull tries again.", e);
        }
    }

    /// <param name="advice">Where it is forbidden or unknown.</param>
    public async Task<SourceException> RefusalAsync(HttpResponseMessage answer, string what, string advice, CancellationToken cancellationToken)
    {
        var words = WordsOf(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var (failure, next) = (int)answer.StatusCode switch
        {
            401 => (SourceFailure.Unauthorized, $"Check {AutotaskOptions.Path}UserName, Secret and IntegrationCode, and that the API user is active and not locked. Nothing more is asked for an hour, as further wrong sign-ins would lock it."),
            403 => (SourceFailure.Unauthorized, advice),
            429 => (SourceFailure.Throttled, $"The next pull goes on. If it happens often, lower {AutotaskOptions.Path}Http:Concurrent, or ask what else uses the same tracking identifier."),
            500 when words.Length > 0 => (SourceFailure.Refused, advice),
            >= 500 or 408 => (SourceFailure.Unavailable, "The next pull tries again."),
            _ => (SourceFailure.Refused, advice),
        };
        return Failure(failure, string.Create(CultureInfo.InvariantCulture, $"Autotask answered {what} with {(int)answer.StatusCode}{(words.Length > 0 ? ": " + words : "")}. {next}"));
    }

    public SourceException Malformed(string what, string how) => Failure(SourceFailure.Malformed, $"Autotask's answer to {what} {how}.");

    public SourceException Failure(SourceFailure failure, string message, Exception? inner = null) => new(AutotaskSource.SourceName, failure, Redacted(message), inner);

    private static string WordsOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var errors = Wire.Field(document.RootElement, "errors") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.String) : [];
            var words = string.Join("; ", errors.Select(error => error.GetString()!.Trim().TrimEnd('.')));
            return words.Length <= MostWords ? words : words[..MostWords] + "…";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private string Redacted(string message)
    {
        foreach (var secret in new[] { options.Secret, options.IntegrationCode, options.UserName, options.Webhooks?.Secret, options.Webhooks?.Path }.Where(text => !string.IsNullOrEmpty(text)))
            message = message.Replace(secret!, "***", StringComparison.OrdinalIgnoreCase);
        return message;
    }
}
