using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Our webhook at HaloPSA: one, with the events of the settings (<c>/Webhook</c>).</summary>
/// <remarks>
/// Creating and changing are a list of one that is posted, without or with an id (contract notes, section 7); ids are GUIDs. Passwords are written and never
/// read. A new one whose answer was not heard may be there twice: of ours the first stays.
/// </remarks>
public sealed class HaloWebhookRegistration : IWebhookRegistration, IDisposable
{
    private const string Path = "Webhook";
    private const string WebhookName = "MSP Billing";
    private static readonly (string, string)[] WithDetails = [("includedetails", "true")];

    private readonly HaloWebhookSettings _settings;
    private readonly HaloWire _wire;
    private readonly AccessTokens _tokens;
    private readonly HaloClient _client;

    public HaloWebhookRegistration(HaloPsaOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = options.Webhooks ?? throw new ArgumentException("No webhooks are set.", nameof(options));
        _wire = new HaloWire(options, http);
        _tokens = HaloToken.Tokens(options, _wire, clock);
        _client = new HaloClient(options, _wire, _tokens);
    }

    public string Name => HaloFields.SourceName;

    public string SecretPath => _settings.Path;

    public async Task<IReadOnlyList<RegisteredWebhook>> ListAsync(Uri? address, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(cancellationToken).ConfigureAwait(false)).Select(row => Of(row, address))];

    public async Task<IReadOnlyList<WebhookChange>> RegisterAsync(Uri address, bool rewrite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_settings.Events.Count == 0)
            throw _wire.Failure(SourceFailure.Refused, $"Which events are to be told is not set. Make a webhook with them by hand in HaloPSA (Configuration > Integrations > Webhooks), look at their numbers with webhooks list --source halopsa, and write them to {HaloPsaOptions.Path}Webhooks:Events.");

        var ours = await OursAsync(address, cancellationToken).ConfigureAwait(false);
        var isNew = ours.Count == 0;
        if (isNew)
        {
            await _client.PostAsync(Path, Written(address, null), cancellationToken).ConfigureAwait(false);
            ours = await OursAsync(address, cancellationToken).ConfigureAwait(false);
            if (ours.Count == 0)
                throw _wire.Failure(SourceFailure.Refused, "HaloPSA answered that it made a webhook, but does not list it. Give the API application the permission to edit webhooks.");
        }

        foreach (var other in ours.Skip(1))
            await _client.DeleteAsync($"{Path}/{IdOf(other)}", cancellationToken).ConfigureAwait(false);

        var known = ours[0];
        var isWritten = !isNew && (rewrite || !IsActive(known) || !EventsOf(known).Order().SequenceEqual(_settings.Events.Distinct().Order()));
        if (isWritten)
            await _client.PostAsync(Path, Written(address, IdOf(known)), cancellationToken).ConfigureAwait(false);
        return [new WebhookChange(SubjectOf(_settings.Events), isNew ? WebhookAction.Created : isWritten ? WebhookAction.Renewed : WebhookAction.Kept, IdOf(known))];
    }

    public async Task<IReadOnlyList<WebhookChange>> RemoveAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var changes = new List<WebhookChange>();
        foreach (var row in await OursAsync(address, cancellationToken).ConfigureAwait(false))
        {
            await _client.DeleteAsync($"{Path}/{IdOf(row)}", cancellationToken).ConfigureAwait(false);
            changes.Add(new WebhookChange(SubjectOf(EventsOf(row)), WebhookAction.Removed, IdOf(row)));
        }

        return changes;
    }

    public void Dispose() => _tokens.Dispose();

    private static string IdOf(HaloRow row) => row.TextId ?? "";

    private static bool IsActive(HaloRow row) => row.Json.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True;

    private static bool IsOurs(HaloRow row, Uri? address) => address is not null && string.Equals(row.Text("url"), address.AbsoluteUri, StringComparison.Ordinal);

    private static IEnumerable<int> EventsOf(HaloRow row) => row.Json.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Array
        ? events.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.Object && each.TryGetProperty("eventno", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out _))
            .Select(each => each.GetProperty("eventno").GetInt32())
        : [];

    private static string SubjectOf(IEnumerable<int> events) => "events " + string.Join(", ", events.Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("none"));

    private static RegisteredWebhook Of(HaloRow row, Uri? address) => new(
        IdOf(row), SubjectOf(EventsOf(row)), row.Text("url") ?? "", IsOurs(row, address), IsActive(row), IsActive(row) ? null : "inactive");

    private string Written(Uri address, string? id)
    {
        var webhook = new JsonObject
        {
            ["name"] = WebhookName,
            ["type"] = 0,
            ["url"] = address.AbsoluteUri,
            ["content_type"] = "application/json",
            ["method"] = 0,
            ["authentication_type"] = 1,
            ["basic_username"] = _settings.User,
            ["basic_password"] = _settings.Password,
            ["active"] = true,
            ["events"] = new JsonArray([.. _settings.Events.Distinct().Select(number => (JsonNode)new JsonObject { ["eventno"] = number, ["type"] = 1 })]),
        };
        if (id is not null)
            webhook["id"] = id;
        return new JsonArray(webhook).ToJsonString();
    }

    private async Task<List<HaloRow>> OursAsync(Uri address, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(cancellationToken).ConfigureAwait(false)).Where(row => IsOurs(row, address)).OrderBy(IdOf, StringComparer.Ordinal)];

    // The rows of a list have neither events nor, in some versions, addresses.
    private async Task<IReadOnlyList<HaloRow>> RowsAsync(CancellationToken cancellationToken)
    {
        var rows = new List<HaloRow>();
        foreach (var row in (await _client.ListAsync(Path, [("type", "0")], cancellationToken).ConfigureAwait(false)).Rows)
        {
            if (row.TextId is { } id && await _client.FindAsync(Path, id, WithDetails, cancellationToken).ConfigureAwait(false) is { } found)
                rows.Add(found);
        }

        return rows;
    }
}
