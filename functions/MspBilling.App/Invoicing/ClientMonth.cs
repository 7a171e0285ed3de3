using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>What a client's month is billed from.</summary>
/// <param name="InvoicedBefore">Activities that were invoiced elsewhere before they moved here.</param>
/// <param name="Unreadable">Stored activities that cannot be read; with one of them the client cannot be billed.</param>
public sealed record ClientMonth(
    string ClientId, Period Period, IReadOnlyList<Activity> Activities, IReadOnlyList<InvoicedBefore> InvoicedBefore, IReadOnlyList<string> Unreadable)
{
    /// <summary>The bill, the same for a close and for a preview.</summary>
    public ClientBill Bill(ClientDirectory directory, DateOnly invoiceDate)
    {
        if (Unreadable.Count > 0)
        {
            return Quarantine(directory, invoiceDate, $"{Unreadable.Count} stored activities cannot be read, first {Unreadable[0]}. Import their file again.");
        }

        return ClientId == Client.Unknown
            ? UnknownWork.Hold(directory, Period, invoiceDate, Activities)
            : ClientBilling.Bill(directory, ClientId, Period, invoiceDate, Activities, InvoicedBefore);
    }

    public ClientBill Quarantine(ClientDirectory directory, DateOnly invoiceDate, string problem) =>
        ClientBilling.Quarantine(directory, ClientId, Period, invoiceDate, Activities, problem);
}
