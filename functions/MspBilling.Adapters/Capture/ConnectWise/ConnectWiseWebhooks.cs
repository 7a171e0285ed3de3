using System.Text.Json;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Callbacks of ConnectWise PSA.</summary>
/// <remarks>
/// The signing key is at an address that the body names (<see cref="CallbackKeys"/>). Cloud sites are shared by many companies, each with a key there that
/// its own people can read; so the address that is called has a secret part, which is compared before anything is asked for, and a callback of
/// another company is not ours. No time is sent: what was received before is told by <c>MessageId</c>.
/// </remarks>
public sealed class ConnectWiseWebhooks : IWebhookSource, IDisposable
{
    // The spelling of types differs by version (contract notes, section 7): without blanks, in small letters.
    private static readonly Dictionary<string, string[]> FeedsByType = new()
    {
        ["company"] = ["companies"],
        ["companies"] = ["companies"],
        ["agreement"] = ["agreements"],
        ["agreements"] = ["agreements"],
        ["project"] = ["projects"],
        ["projects"] = ["projects"],
        ["ticket"] = ["service-tickets", "project-tickets"],
        ["tickets"] = ["service-tickets", "project-tickets"],
        ["configuration"] = ["configurations"],
        ["configurations"] = ["configurations"],
        ["time"] = ["time-entries"],
        ["timeentry"] = ["time-entries"],
        ["timeentries"] = ["time-entries"],
        ["expense"] = ["expenses"],
        ["expenseentry"] = ["expenses"],
        ["expenses"] = ["expenses"],
        ["member"] = ["members"],
        ["members"] = ["members"],
    };

    private readonly ConnectWiseOptions _options;
    private readonly ConnectWiseWebhookSettings _settings;
    private readonly CallbackKeys _keys;

    public ConnectWiseWebhooks(ConnectWiseOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!ConnectWiseSite.TryParse(options.Site, out var site))
            throw new ArgumentException("The site is no host.", nameof(options));

        _options = options;
        _settings = options.Webhooks ?? throw new ArgumentException("No webhooks are set.", nameof(options));
        _keys = new CallbackKeys(site, http, clock);
    }

    public string Name => ConnectWiseSource.SourceName;

    public async Task<WebhookProof> ProveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (!delivery.IsAt(_settings.Path)
            || delivery.Header(CallbackSignature.Header) is not { Length: > 0 } signature
            || WebhookBody.Parse(delivery.Body) is not { } body
            || !_keys.TryAddress(KeyUrlOf(body), out var address)
            || !string.Equals(body.Text("CompanyId") ?? _options.CompanyId, _options.CompanyId, StringComparison.OrdinalIgnoreCase))
        {
            return WebhookProof.NotGenuine;
        }

        try
        {
            string? key = null;
            for (var tries = 0; tries < 2; tries++)
            {
                var found = await _keys.FindAsync(address, key, cancellationToken).ConfigureAwait(false);
                if (string.IsNullOrEmpty(found) || found == key)
                    return WebhookProof.NotGenuine;
                key = found;
                if (CallbackSignature.IsRight(delivery.Body.Span, signature, key))
                    return WebhookProof.Genuine;
            }

            return WebhookProof.NotGenuine;
        }
        catch (SourceException)
        {
            return WebhookProof.NotNow;
        }
    }

    public WebhookEvent Read(ReadOnlyMemory<byte> body)
    {
        if (WebhookBody.Parse(body) is not { } json)
            return new WebhookEvent(null, null, "unreadable", []);

        var (type, action, id) = (json.Text("Type"), json.Text("Action"), json.Number("ID"));
        var key = json.Text("MessageId") is { } message ? $"{message} {type} {action} {id}" : null;
        var feeds = FeedsByType.GetValueOrDefault((type ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(), []);
        var isDeletion = "deleted".Equals(action, StringComparison.OrdinalIgnoreCase);
        return new WebhookEvent(key, null, $"{type ?? "nothing"} {action ?? "told"}", id is null ? [] : [.. feeds.Select(feed => new WebhookRecord(feed, id, isDeletion))]);
    }

    public void Dispose() => _keys.Dispose();

    // Longer than the texts of which keys are made.
    private static string? KeyUrlOf(JsonElement body) => body.Field("Metadata")?.Field("key_url") is { ValueKind: JsonValueKind.String } url ? url.GetString() : null;
}
