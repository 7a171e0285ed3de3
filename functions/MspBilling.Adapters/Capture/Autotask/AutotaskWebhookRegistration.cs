using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Our webhooks at Autotask: one for each kind of record, with the fields whose changes it tells (<c>{Entity}Webhooks</c>, <c>{Entity}WebhookFields</c>).</summary>
/// <remarks>
/// One is ready when it has a field (REST API, "Creating a webhook"); which there are is the picklist of <c>fieldID</c>. Autotask makes one inactive when too
/// much fails, and tells that to the deactivation address, which is ours as well. The key is written and never read: writing again is how it is changed.
/// </remarks>
public sealed class AutotaskWebhookRegistration : IWebhookRegistration, IDisposable
{
    private const string WebhookName = "MSP Billing";
    private static readonly string[] Flags = ["isActive", "isSubscribedToCreateEvents", "isSubscribedToUpdateEvents", "isSubscribedToDeleteEvents"];

    // The names of the webhooks' own kinds are singular.
    private static readonly Dictionary<string, string> Singular = new() { ["Companies"] = "Company", ["ConfigurationItems"] = "ConfigurationItem", ["Tickets"] = "Ticket" };

    private readonly AutotaskOptions _options;
    private readonly AutotaskWebhookSettings _settings;
    private readonly AutotaskClient _client;

    public AutotaskWebhookRegistration(AutotaskOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _settings = options.Webhooks ?? throw new ArgumentException("No webhooks are set.", nameof(options));
        _client = new AutotaskClient(options, http, clock);
    }

    public string Name => AutotaskSource.SourceName;

    public string SecretPath => _settings.Path;

    public async Task<IReadOnlyList<RegisteredWebhook>> ListAsync(Uri? address, CancellationToken cancellationToken)
    {
        var all = new List<RegisteredWebhook>();
        foreach (var entity in AutotaskWebhookSettings.UsualEntities)
            all.AddRange((await RowsAsync(entity, cancellationToken).ConfigureAwait(false)).Select(row => Of(entity, row, address)));
        return all;
    }

    public async Task<IReadOnlyList<WebhookChange>> RegisterAsync(Uri address, bool rewrite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var changes = new List<WebhookChange>();
        foreach (var entity in _settings.AskedEntities)
        {
            var ours = await OursAsync(entity, address, cancellationToken).ConfigureAwait(false);
            var isNew = ours.Count == 0;
            if (isNew)
            {
                await _client.CreateAsync(Webhooks(entity), Written(address, null).ToJsonString(), cancellationToken).ConfigureAwait(false);
                ours = await OursAsync(entity, address, cancellationToken).ConfigureAwait(false);
                if (ours.Count == 0)
                    throw _client.Failure(SourceFailure.Refused, $"Autotask answered that it made a webhook for {entity}, but does not list it. Check that the API user's security level may see webhooks.");
            }

            var known = ours[0];
            foreach (var other in ours.Skip(1))
                await RemoveAsync(entity, other, cancellationToken).ConfigureAwait(false);

            var isChanged = await AddFieldsAsync(entity, known.Id, cancellationToken).ConfigureAwait(false);
            if (!isNew && (rewrite || Flags.Any(flag => !IsSet(known, flag))))
            {
                await _client.PatchAsync(Webhooks(entity), Written(address, known.Id).ToJsonString(), cancellationToken).ConfigureAwait(false);
                isChanged = true;
            }

            changes.Add(new WebhookChange(entity, isNew ? WebhookAction.Created : isChanged ? WebhookAction.Renewed : WebhookAction.Kept, Text(known.Id)));
        }

        return changes;
    }

    public async Task<IReadOnlyList<WebhookChange>> RemoveAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var changes = new List<WebhookChange>();
        foreach (var entity in AutotaskWebhookSettings.UsualEntities)
        {
            foreach (var row in await OursAsync(entity, address, cancellationToken).ConfigureAwait(false))
            {
                await RemoveAsync(entity, row, cancellationToken).ConfigureAwait(false);
                changes.Add(new WebhookChange(entity, WebhookAction.Removed, Text(row.Id)));
            }
        }

        return changes;
    }

    public void Dispose() => _client.Dispose();

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Webhooks(string entity) => Singular[entity] + "Webhooks";

    private static bool IsSet(Row row, string flag) => Wire.Field(row.Json, flag) is { ValueKind: JsonValueKind.True };

    private static bool IsOurs(Row row, Uri? address) => address is not null && string.Equals(Wire.Text(row.Json, "webhookUrl"), address.AbsoluteUri, StringComparison.Ordinal);

    private static RegisteredWebhook Of(string entity, Row row, Uri? address)
    {
        var (isActive, isReady) = (IsSet(row, "isActive"), IsSet(row, "isReady"));
        return new RegisteredWebhook(
            Text(row.Id), entity, Wire.Text(row.Json, "webhookUrl") ?? "", IsOurs(row, address), isActive && isReady,
            !isActive ? "inactive" : !isReady ? "not ready: it has no field whose changes it tells" : null);
    }

    private JsonObject Written(Uri address, long? id)
    {
        var webhook = new JsonObject
        {
            ["name"] = WebhookName,
            ["webhookUrl"] = address.AbsoluteUri,
            ["deactivationUrl"] = address.AbsoluteUri,
            ["secretKey"] = _settings.Secret,
            ["notificationEmailAddress"] = _settings.NotificationEmail ?? _options.UserName,
            ["sendThresholdExceededNotification"] = true,
        };
        foreach (var flag in Flags)
            webhook[flag] = true;
        if (id is not null)
            webhook["id"] = id;
        return webhook;
    }

    /// <summary>Adds the fields that it does not tell yet; whether there were any.</summary>
    private async Task<bool> AddFieldsAsync(string entity, long id, CancellationToken cancellationToken)
    {
        var fields = Singular[entity] + "WebhookFields";
        var offered = await _client.LabelsAsync(fields, "fieldID", cancellationToken).ConfigureAwait(false);
        var asked = offered.Where(field => _settings.Fields.Count == 0 || _settings.Fields.Contains(field.Value, StringComparer.OrdinalIgnoreCase))
            .Select(field => long.Parse(field.Key, CultureInfo.InvariantCulture)).ToList();
        if (asked.Count == 0)
            throw _client.Failure(SourceFailure.Refused, $"Autotask offers none of the fields of {AutotaskOptions.Path}Webhooks:Fields for {entity}; it offers {string.Join(", ", offered.Values)}.");

        var rows = await _client.AllAsync(new AutotaskQuery(fields, AutotaskCondition.Is("webhookID", id)), cancellationToken).ConfigureAwait(false);
        var missing = asked.Except(rows.Where(row => IsSet(row, "isSubscribedField")).Select(row => Wire.Whole(row.Json, "fieldID") ?? 0)).ToList();
        foreach (var field in missing)
        {
            var row = new JsonObject { ["webhookID"] = id, ["fieldID"] = field, ["isSubscribedField"] = true, ["isDisplayAlwaysField"] = false };
            await _client.CreateAsync($"{Webhooks(entity)}/{Text(id)}/Fields", row.ToJsonString(), cancellationToken).ConfigureAwait(false);
        }

        return missing.Count > 0;
    }

    private Task RemoveAsync(string entity, Row row, CancellationToken cancellationToken) => _client.DeleteAsync($"{Webhooks(entity)}/{Text(row.Id)}", cancellationToken);

    private Task<IReadOnlyList<Row>> RowsAsync(string entity, CancellationToken cancellationToken) => _client.AllAsync(new AutotaskQuery(Webhooks(entity)), cancellationToken);

    private async Task<List<Row>> OursAsync(string entity, Uri address, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(entity, cancellationToken).ConfigureAwait(false)).Where(row => IsOurs(row, address)).OrderBy(row => row.Id)];
}
