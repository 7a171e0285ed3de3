using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>What a client's period is billed from.</summary>
/// <param name="Before">How the client's latest period before it stands; null for the first.</param>
/// <param name="Adjustments">Of earlier periods, oldest first.</param>
/// <param name="LookedAt">The marks on earlier periods that these are all of.</param>
/// <param name="NotAdjusted">The earlier period that keeps all of them from being adjusted; null for none.</param>
/// <param name="Later">A later period that was billed for the client already; null as a rule.</param>
/// <param name="Waiting">An earlier period whose invoices wait for approval; null as a rule.</param>
/// <param name="Unreadable">Stored activities that cannot be read; with one of them the client cannot be billed.</param>
public sealed record ClientMonth(
    string ClientId,
    Period Period,
    IReadOnlyList<Activity> Activities,
    ClientOutcome? Before,
    IReadOnlyList<Adjustment> Adjustments,
    IReadOnlyList<TouchedPeriod> LookedAt,
    UnadjustedPeriod? NotAdjusted,
    Period? Later,
    Period? Waiting,
    IReadOnlyList<string> Unreadable)
{
    /// <summary>A period with some of the same days that was billed already, so that nothing of this one is; null as a rule.</summary>
    public Period? SameDays { get; init; }

    /// <summary>The bill, the same for a close and for a preview.</summary>
    /// <param name="references">Names the reference records that the directory was made of.</param>
    public ClientBill Bill(ClientDirectory directory, DateOnly invoiceDate, string references)
    {
        if (SameDays is { } same)
        {
            return Quarantine(directory, invoiceDate, $"{same} was billed already, and {Period} has some of its days once more. Have the client's cycle begin later: from under billing in its settings.");
        }

        if (Unreadable.Count > 0)
        {
            return Quarantine(directory, invoiceDate, $"{Unreadable.Count} stored activities cannot be read, first {Unreadable[0]}. Import their file again.");
        }

        if (Waiting is { } waiting)
        {
            return Quarantine(directory, invoiceDate, $"The invoices of {waiting} wait for approval, and {Period} starts from what they leave. Approve or cancel them, then close {Period} again.");
        }

        if (ClientId == Client.Unknown)
        {
            return UnknownWork.Hold(directory, Period, invoiceDate, Activities);
        }

        var bill = ClientBilling.Bill(directory, ClientId, Period, invoiceDate, Activities, Before?.Carried, Adjustments);
        if (Later is { } later && !Core.Invoicing.Adjustments.Same(bill.CarriedIn, bill.CarriedOut))
        {
            return Quarantine(directory, invoiceDate, $"{later} was billed already, from the balances that {Period} would change. Bill {Period} by hand.");
        }

        return bill.Problem is null && directory.IsBilled(ClientId) ? bill with { References = references, LookedAt = LookedAt, NotAdjusted = NotAdjusted } : bill;
    }

    public ClientBill Quarantine(ClientDirectory directory, DateOnly invoiceDate, string problem) =>
        ClientBilling.Quarantine(directory, ClientId, Period, invoiceDate, Activities, problem, Before?.Carried);
}
