using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Our callbacks at ConnectWise PSA: one for each type, of all records of it (<c>/system/callbacks</c>, level owner, object 1).</summary>
/// <remarks>
/// The vendor adds the record's id and the action at the end of the address, which therefore ends with <c>?recordId=</c> (developer guide, "Configuring the
/// Callbacks"). It makes a callback inactive after three days of failures, so that one that is inactive is made active again. A new one whose answer was not
/// heard may be there twice: of ours of one type the first stays.
/// </remarks>
public sealed class Callbacks : IWebhookRegistration
{
    private const string Path = "system/callbacks";
    private const string Permission = "System > Callbacks (Add, Edit, Delete, Inquire: All)";
    private const string Description = "MSP Billing";
    private const string IdParameter = "recordId=";

    private readonly ConnectWiseClient _client;
    private readonly ConnectWiseWebhookSettings _settings;

    public Callbacks(ConnectWiseOptions options, IHttpClientFactory http)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = options.Webhooks ?? throw new ArgumentException("No webhooks are set.", nameof(options));
        _client = new ConnectWiseClient(options, http);
    }

    public string Name => ConnectWiseSource.SourceName;

    public string SecretPath => _settings.Path;

    public async Task<IReadOnlyList<RegisteredWebhook>> ListAsync(Uri? address, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(cancellationToken).ConfigureAwait(false)).Select(row => Of(row, address))];

    public async Task<IReadOnlyList<WebhookChange>> RegisterAsync(Uri address, bool rewrite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var changes = new List<WebhookChange>();
        foreach (var type in _settings.AskedTypes)
        {
            if (await OursAsync(address, type, cancellationToken).ConfigureAwait(false) is [var known, ..])
            {
                var callback = Of(known, address);
                var isWritten = rewrite || !callback.IsActive;
                if (isWritten)
                    await _client.PatchAsync($"{Path}/{callback.Id}", Permission, Changes(address), cancellationToken).ConfigureAwait(false);
                changes.Add(new WebhookChange(type, isWritten ? WebhookAction.Renewed : WebhookAction.Kept, callback.Id));
            }
            else
            {
                await _client.PostAsync(Path, Permission, New(address, type), cancellationToken).ConfigureAwait(false);
            }

            var ours = await OursAsync(address, type, cancellationToken).ConfigureAwait(false);
            foreach (var other in ours.Skip(1))
                await RemoveAsync(other, cancellationToken).ConfigureAwait(false);
            if (changes.Count == 0 || changes[^1].Subject != type)
                changes.Add(new WebhookChange(type, WebhookAction.Created, ours is [var made, ..] ? Text(made.Id) : throw NotKept(type)));
        }

        return changes;
    }

    public async Task<IReadOnlyList<WebhookChange>> RemoveAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var changes = new List<WebhookChange>();
        foreach (var row in (await RowsAsync(cancellationToken).ConfigureAwait(false)).Where(row => IsOurs(row, address)))
        {
            await RemoveAsync(row, cancellationToken).ConfigureAwait(false);
            changes.Add(new WebhookChange(row.Text("type") ?? "", WebhookAction.Removed, Text(row.Id)));
        }

        return changes;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string UrlOf(Uri address) => address.AbsoluteUri + (address.Query.Length == 0 ? "?" : "&") + IdParameter;

    private static bool IsOurs(Row row, Uri? address) => address is not null && string.Equals(row.Text("url"), UrlOf(address), StringComparison.Ordinal);

    private static RegisteredWebhook Of(Row row, Uri? address)
    {
        var isInactive = row.Json.TryGetProperty("inactiveFlag", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new RegisteredWebhook(
            Text(row.Id), row.Text("type") ?? "", row.Text("url") ?? "", IsOurs(row, address), !isInactive, isInactive ? "inactive, as after three days of failures" : null);
    }

    private static string Changes(Uri address) => new JsonArray(
        new JsonObject { ["op"] = "replace", ["path"] = "inactiveFlag", ["value"] = false },
        new JsonObject { ["op"] = "replace", ["path"] = "url", ["value"] = UrlOf(address) }).ToJsonString();

    private static SourceException NotKept(string type) => new(
        ConnectWiseSource.SourceName,
        SourceFailure.Refused,
        $"ConnectWise PSA answered that it made a callback for {type}, but does not list it under that type. Write the type as it lists it into Sources:ConnectWise:Webhooks:Types (webhooks list --source connectwise).");

    private string New(Uri address, string type) => new JsonObject
    {
        ["description"] = Description,
        ["url"] = UrlOf(address),
        ["objectId"] = 1,
        ["type"] = type,
        ["level"] = "owner",
        ["inactiveFlag"] = false,
        ["isSelfSuppressedFlag"] = true,
        ["payloadVersion"] = _settings.PayloadVersion,
    }.ToJsonString();

    private Task RemoveAsync(Row row, CancellationToken cancellationToken) => _client.DeleteAsync($"{Path}/{Text(row.Id)}", Permission, cancellationToken);

    private async Task<List<Row>> OursAsync(Uri address, string type, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(cancellationToken).ConfigureAwait(false)).Where(row => IsOurs(row, address) && string.Equals(row.Text("type"), type, StringComparison.OrdinalIgnoreCase)).OrderBy(row => row.Id)];

    private async Task<List<Row>> RowsAsync(CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await foreach (var page in _client.AllAsync(new ListQuery(Path, Permission), cancellationToken).ConfigureAwait(false))
            rows.AddRange(page.Rows);
        return rows;
    }
}
