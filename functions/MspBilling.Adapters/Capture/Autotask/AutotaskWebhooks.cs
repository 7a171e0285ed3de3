namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Webhooks of Autotask: signed with the key that was given when they were registered (<see cref="WebhookSignature"/>).</summary>
/// <remarks>
/// They are sent for companies, devices and tickets, under the names that these had once; for time, contracts and projects there are none
/// (REST API, "Webhooks"), so that pulling stays on. <c>EventTime</c> is when it happened, in UTC.
/// </remarks>
public sealed class AutotaskWebhooks : IWebhookSource
{
    private static readonly Dictionary<string, string> FeedsByEntity = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Account"] = "companies",
        ["Company"] = "companies",
        ["InstalledProduct"] = "configuration-items",
        ["ConfigurationItem"] = "configuration-items",
        ["Ticket"] = "tickets",
    };

    private readonly AutotaskWebhookSettings _settings;

    public AutotaskWebhooks(AutotaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = options.Webhooks ?? throw new ArgumentException("No webhooks are set.", nameof(options));
    }

    public string Name => AutotaskSource.SourceName;

    public Task<WebhookProof> ProveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var isGenuine = delivery.IsAt(_settings.Path) & WebhookSignature.IsRight(delivery.Body.Span, delivery.Header(WebhookSignature.Header), _settings.Secret);
        return Task.FromResult(isGenuine ? WebhookProof.Genuine : WebhookProof.NotGenuine);
    }

    public WebhookEvent Read(ReadOnlyMemory<byte> body)
    {
        if (WebhookBody.Parse(body) is not { } json)
            return new WebhookEvent(null, null, "unreadable", []);

        var (entity, action, id) = (json.Text("EntityType"), json.Text("Action"), json.Number("Id"));
        var (guid, sequence, time) = (json.Text("Guid"), json.Number("SequenceNumber"), json.Text("EventTime"));
        DateTimeOffset? at = time is not null && (JsonRecord.TryInstant(time, out var instant) || JsonRecord.TryInstant(time + "Z", out instant)) ? instant : null;
        var key = guid is not null && sequence is not null ? $"{guid} {sequence} {entity} {action} {id} {time}" : null;
        var word = action?.ToUpperInvariant();
        var isOfRecord = id is not null && word is "CREATE" or "UPDATE" or "DELETE";
        return new WebhookEvent(
            key,
            at,
            $"{entity ?? "nothing"} {action ?? "told"}",
            isOfRecord && FeedsByEntity.TryGetValue(entity ?? "", out var feed) ? [new WebhookRecord(feed, id!, word == "DELETE")] : []);
    }
}
