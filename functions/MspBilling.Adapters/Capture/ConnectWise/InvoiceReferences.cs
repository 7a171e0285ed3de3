using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Writes our invoice's number on a time entry that it bills: into its internal notes, or a custom field.</summary>
/// <remarks>
/// The entry is read before, so that a number is written once, and after, because a change of a field that cannot be changed is answered with
/// success all the same (developer guide, "Patch"). Custom fields are changed by sending all of them (same place). Notes are kept and added to,
/// on the same line, as the interface makes a space of each line break ("Escaping Characters").
/// </remarks>
internal sealed class InvoiceReferences(ConnectWiseClient client, string? field)
{
    /// <summary>The setting's word for internal notes.</summary>
    public const string Notes = "internalNotes";

    private const string CustomFields = "customFields";
    private static readonly ListQuery Permitted = ConnectWiseFeeds.TimeEntries with { Permission = "Time & Expense > Time Entry (Edit: All)" };

    public bool IsAsked => @field is not null;

    public async Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(invoiceNumber);
        if (field is null || activity.Kind != RecordKind.Time)
            return InvoiceReferenceState.NotAsked;

        var id = long.Parse(activity.ExternalId, CultureInfo.InvariantCulture);
        if (await ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } entry)
            return InvoiceReferenceState.Gone;
        if (Holds(TextOf(entry), invoiceNumber))
            return InvoiceReferenceState.AlreadyThere;

        var patch = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = field == Notes ? Notes : CustomFields, ["value"] = Changed(entry, invoiceNumber) });
        await client.PatchAsync(string.Create(CultureInfo.InvariantCulture, $"{Permitted.Path}/{id}"), Permitted.Permission, patch.ToJsonString(), cancellationToken).ConfigureAwait(false);

        entry = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (entry is null || !Holds(TextOf(entry), invoiceNumber))
        {
            throw new SourceException(
                ConnectWiseSource.SourceName,
                SourceFailure.Refused,
                $"ConnectWise PSA answered that it wrote invoice {invoiceNumber} on time entry {id}, but did not keep it. Check that {(field == Notes ? Notes : "custom field " + field)} can be changed, or set Sources:ConnectWise:InvoiceReference to another.");
        }

        return InvoiceReferenceState.Written;
    }

    private async Task<Row?> ReadAsync(long id, CancellationToken cancellationToken) =>
        (await client.ListAsync(Permitted with { Conditions = Conditions.Is("id", id) }, cancellationToken).ConfigureAwait(false)).Rows.SingleOrDefault();

    private static string Mark(string invoiceNumber) => $"[Invoice {invoiceNumber}]";

    private static bool Holds(string? text, string invoiceNumber) => text?.Contains(Mark(invoiceNumber), StringComparison.Ordinal) ?? false;

    private static string With(string? text, string invoiceNumber) => string.IsNullOrWhiteSpace(text) ? Mark(invoiceNumber) : $"{text.TrimEnd()} {Mark(invoiceNumber)}";

    private string? TextOf(Row entry) => field == Notes
        ? entry.Text(Notes)
        : CustomOf(entry).TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonNode Changed(Row entry, string invoiceNumber)
    {
        if (field == Notes)
            return With(entry.Text(Notes), invoiceNumber);

        var fields = JsonArray.Create(entry.Json.GetProperty(CustomFields))!;
        fields.Single(each => IsTheField(each!["id"]!.GetValue<long>()))!["value"] = With(TextOf(entry), invoiceNumber);
        return fields;
    }

    private JsonElement CustomOf(Row entry)
    {
        var found = entry.Json.TryGetProperty(CustomFields, out var fields) && fields.ValueKind == JsonValueKind.Array
            ? fields.EnumerateArray().FirstOrDefault(each => each.ValueKind == JsonValueKind.Object && each.TryGetProperty("id", out var id) && id.TryGetInt64(out var number) && IsTheField(number))
            : default;
        return found.ValueKind == JsonValueKind.Object ? found : throw new SourceException(
            ConnectWiseSource.SourceName,
            SourceFailure.Refused,
            $"Time entries of ConnectWise PSA have no custom field {field}. Set Sources:ConnectWise:InvoiceReference to the id of one that they have, or to internalNotes.");
    }

    private bool IsTheField(long id) => id.ToString(CultureInfo.InvariantCulture) == field;
}
