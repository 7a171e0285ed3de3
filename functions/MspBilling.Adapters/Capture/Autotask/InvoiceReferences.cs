using System.Globalization;
using System.Text.Json.Nodes;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Writes our invoice's number into the internal notes of a time entry that it bills, where a setting asks for it.</summary>
/// <remarks>
/// The entry is read before, so that a number is written once, and after, as fields of an entry that is approved and posted may not be changed. The
/// notes are kept and added to. Invoice numbers have no field of their own on time, and internal notes are not shown to the client.
/// </remarks>
internal sealed class InvoiceReferences(AutotaskClient client, bool isAsked)
{
    private const string Entity = "TimeEntries";
    private const string Notes = "internalNotes";

    public async Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(invoiceNumber);
        if (!isAsked || activity.Kind != RecordKind.Time || activity.Source != AutotaskSource.SourceName)
            return InvoiceReferenceState.NotAsked;

        var id = long.Parse(activity.ExternalId, CultureInfo.InvariantCulture);
        if (await ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } entry)
            return InvoiceReferenceState.Gone;

        var (notes, mark) = (Wire.Text(entry.Json, Notes), $"[Invoice {invoiceNumber}]");
        if (Holds(notes, mark))
            return InvoiceReferenceState.AlreadyThere;

        var changed = new JsonObject { ["id"] = id, [Notes] = string.IsNullOrWhiteSpace(notes) ? mark : $"{notes.TrimEnd()} {mark}" };
        await client.PatchAsync(Entity, changed.ToJsonString(), cancellationToken).ConfigureAwait(false);
        if (await ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } after && Holds(Wire.Text(after.Json, Notes), mark))
            return InvoiceReferenceState.Written;

        throw client.Failure(
            SourceFailure.Refused,
            $"Autotask answered that it wrote invoice {invoiceNumber} on time entry {id}, but did not keep it. Check that the API user may change time entries that are approved, or set {AutotaskOptions.Path}WriteInvoiceReference to false.");
    }

    private static bool Holds(string? notes, string mark) => notes?.Contains(mark, StringComparison.Ordinal) ?? false;

    private async Task<Row?> ReadAsync(long id, CancellationToken cancellationToken) =>
        await client.AllAsync(new AutotaskQuery(Entity, AutotaskCondition.Is("id", id)), cancellationToken).ConfigureAwait(false) is [var entry] ? entry : null;
}
