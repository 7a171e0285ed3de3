using System.Globalization;
using System.Text.Json.Nodes;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Writes our invoice's number on an action that it bills, as Halo does for its own invoices.</summary>
/// <remarks>
/// <c>POST /Actions</c> with a list of one, ids and the field that changes (contract notes, section 2). The action is read before, because there is no key that
/// makes a request be done once, and after, because a field that an application may not change is passed over. A number of another invoice is not written over. Work and
/// its non-billable part are one action and have one number; travel has its own.
/// </remarks>
internal sealed class HaloInvoiceReferences(HaloClient client, HaloWire wire, HaloPsaOptions options)
{
    private static readonly (string, string)[] OfActions = [("timeentriesonly", "true"), ("excludesys", "true")];

    public bool IsAsked => options.WriteInvoiceNumbers;

    public async Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(invoiceNumber);
        var parts = activity.ExternalId.Split('/');
        if (!options.WriteInvoiceNumbers || activity.Kind != RecordKind.Time || parts.Length < 2)
            return InvoiceReferenceState.NotAsked;

        var (ticket, action, field) = (parts[0], parts[1], activity.ExternalId.EndsWith(TimeRow.TravelPart, StringComparison.Ordinal) ? "actiontravelinvoicenumber" : "actioninvoicenumber");
        if (await NumberAsync(ticket, action, field, cancellationToken).ConfigureAwait(false) is not { } number)
            return InvoiceReferenceState.Gone;
        if (number == invoiceNumber)
            return InvoiceReferenceState.AlreadyThere;
        if (number is not ("" or "0"))
            throw wire.Failure(SourceFailure.Refused, $"Action {action} of ticket {ticket} in HaloPSA is on invoice {number} already, so that {invoiceNumber} was not written on it. Look at whether it was billed twice.");

        var change = new JsonObject { ["id"] = Number(action), ["ticket_id"] = Number(ticket), [field] = invoiceNumber };
        await client.PostAsync("Actions", new JsonArray(change).ToJsonString(), cancellationToken).ConfigureAwait(false);
        return await NumberAsync(ticket, action, field, cancellationToken).ConfigureAwait(false) == invoiceNumber
            ? InvoiceReferenceState.Written
            : throw wire.Failure(SourceFailure.Refused, $"HaloPSA answered that it wrote invoice {invoiceNumber} on action {action} of ticket {ticket}, but did not keep it. Give the API application the permission to edit actions, or set {HaloPsaOptions.Path}WriteInvoiceNumbers to false.");
    }

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    /// <summary>Empty where there is none; null where the action is gone.</summary>
    private async Task<string?> NumberAsync(string ticket, string action, string field, CancellationToken cancellationToken)
    {
        var actions = await client.ListAsync("Actions", [("ticket_id", ticket), .. OfActions], cancellationToken).ConfigureAwait(false);
        return actions.Rows.Where(row => row.Id == action).Select(row => row.Text(field) ?? row.Reference(field) ?? "").FirstOrDefault();
    }
}
