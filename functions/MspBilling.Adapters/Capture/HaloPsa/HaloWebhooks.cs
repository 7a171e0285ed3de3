using System.Text.Json;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Webhooks of HaloPSA, told from others' by password and address (<see cref="HaloWebhook"/>).</summary>
/// <remarks>
/// A delivery has the ticket, and the action where one caused it; since version 2.164 it may be a list of several
/// (usehalo.com/guide/webhook-integration). Custom payloads may have a client or an asset. No time is sent and nothing that tells events apart.
/// </remarks>
public sealed class HaloWebhooks : IWebhookSource
{
    private const string Actions = "actions";
    private const string Tickets = "tickets";

    private readonly HaloWebhookSettings _settings;
    private readonly string _time;

    public HaloWebhooks(HaloPsaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = options.Webhooks ?? throw new ArgumentException("No webhooks are set.", nameof(options));
        _time = options.IsFromActions ? Actions : "timesheet-events";
    }

    public string Name => HaloFields.SourceName;

    public Task<WebhookProof> ProveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var isGenuine = HaloWebhook.IsGenuine(delivery.Header("Authorization"), delivery.SecretPath, _settings.User, _settings.Password, _settings.Path);
        return Task.FromResult(isGenuine ? WebhookProof.Genuine : WebhookProof.NotGenuine);
    }

    public WebhookEvent Read(ReadOnlyMemory<byte> body)
    {
        if (WebhookBody.Parse(body) is not { } json)
            return new WebhookEvent(null, null, "unreadable", []);

        var events = EventsIn(json).ToList();
        var records = events.SelectMany(RecordsOf).Distinct().ToList();
        var name = events.Select(NameOf).FirstOrDefault(text => text is not null);
        return new WebhookEvent(null, null, name ?? "unnamed event", records);
    }

    public IReadOnlyList<string> StoredAs(WebhookRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Feed != _time)
            return [record.ExternalId];

        // What of a ticket's time is gone only its actions tell.
        return record.ExternalId.Contains('/', StringComparison.Ordinal)
            ? [record.ExternalId, record.ExternalId + TimeRow.NonBillablePart, record.ExternalId + TimeRow.TravelPart]
            : [];
    }

    private static IEnumerable<JsonElement> EventsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(EventsIn),
        JsonValueKind.Object when json.Field("events") is { ValueKind: JsonValueKind.Array } events => [json, .. EventsIn(events)],
        JsonValueKind.Object => [json],
        _ => [],
    };

    private static string? NameOf(JsonElement json) => json.Text("event") ?? json.Text("event_name") ?? json.Text("name");

    private IEnumerable<WebhookRecord> RecordsOf(JsonElement json)
    {
        var (ticket, action) = (json.Field("ticket"), json.Field("action"));
        var isDeletion = NameOf(json)?.Contains("delete", StringComparison.OrdinalIgnoreCase) ?? false;
        var ticketId = ticket?.Number("id") ?? json.Number("ticket_id") ?? action?.Number("ticket_id");
        if (ticketId is not null)
        {
            yield return new WebhookRecord(ticket?.Field("is_project") is { ValueKind: JsonValueKind.True } ? "projects" : Tickets, ticketId, isDeletion);
            if (action?.Number("id") is { } actionId)
                yield return new WebhookRecord(_time, $"{ticketId}/{actionId}", isDeletion);
            else if (_time == Actions)
                yield return new WebhookRecord(_time, ticketId, isDeletion);
        }

        if (json.Field("client")?.Number("id") is { } client)
            yield return new WebhookRecord("clients", client, isDeletion);
        if (json.Field("asset")?.Number("id") is { } asset)
            yield return new WebhookRecord("assets", asset, isDeletion);
    }
}
