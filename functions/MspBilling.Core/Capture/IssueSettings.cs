namespace MspBilling.Core.Capture;

public enum IssueMode
{
    /// <summary>A close issues what nothing speaks against.</summary>
    Automatic,

    /// <summary>A close drafts, and a person approves.</summary>
    Approval,
}

/// <summary>Which invoices a close issues by itself and which wait for a person, and what is looked at before.</summary>
/// <param name="Mode">For clients without a mode of their own.</param>
/// <param name="Clients">What is other for some of them.</param>
/// <param name="ApprovalAbove">Net amounts above which an invoice waits, one a currency.</param>
/// <param name="Deviation">From the client's own history; null where that is not looked at.</param>
/// <param name="MissingRecurring">Whether an invoice waits that lacks something recurring which the client's last one had.</param>
/// <param name="ZeroTotal">Whether an invoice over nothing waits.</param>
/// <param name="UnapprovedTime">Whether an invoice waits while time or expenses of its period are not approved.</param>
/// <param name="PurchaseOrders">How much may be invoiced on purchase orders; above that an invoice waits.</param>
public sealed record IssueSettings(
    IssueMode Mode, IReadOnlyList<ClientIssue> Clients, IReadOnlyList<ApprovalThreshold> ApprovalAbove, DeviationBound? Deviation, bool MissingRecurring, bool ZeroTotal, bool UnapprovedTime,
    IReadOnlyList<PurchaseOrderLimit> PurchaseOrders)
{
    /// <summary>Everything is issued, save an invoice over nothing.</summary>
    public static IssueSettings Default { get; } = new(IssueMode.Automatic, [], [], null, false, true, false, []);
}

/// <summary>What is other for a client; null is as for all.</summary>
/// <param name="Client">The company's identifier or the client's id.</param>
/// <param name="PurchaseOrderRequired">Whether an invoice without a purchase order waits.</param>
public sealed record ClientIssue(string Client, IssueMode? Mode = null, DeviationBound? Deviation = null, bool PurchaseOrderRequired = false);

public sealed record ApprovalThreshold(Currency Currency, decimal Net);

/// <summary>How far an invoice may be from what the client's last ones came to on average, net and in the same currency.</summary>
/// <param name="Percent">Of the average, up or down.</param>
/// <param name="Amount">A smaller difference is left alone, whatever percentage it is; null for any.</param>
/// <param name="Periods">How many of the client's last invoiced periods are averaged; fewer where there are not so many.</param>
public sealed record DeviationBound(decimal Percent, decimal? Amount, int Periods);

/// <param name="Limit">Net, over all invoices that name the order.</param>
/// <param name="Client">The company's identifier or the client's id; null where the number is nobody else's.</param>
public sealed record PurchaseOrderLimit(string Number, Currency Currency, decimal Limit, string? Client = null);
