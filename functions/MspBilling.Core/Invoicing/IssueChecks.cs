using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Invoicing;

/// <summary>Everything that is looked at before a client's bill is issued; without an objection a close issues it.</summary>
/// <remarks>A pure function of the bill, what the client was billed before, and the settings: the same draft has the same objections in every close.</remarks>
public static class IssueChecks
{
    private static readonly Func<IssueCase, IEnumerable<Objection>>[] All =
    [
        ApprovalRule.Of,
        DeviationCheck.Of,
        RecurringCheck.Of,
        ZeroTotalCheck.Of,
        PurchaseOrderCheck.Of,
        PurchaseOrderLimitCheck.Of,
        UnapprovedTimeCheck.Of,
        EditCheck.Of,
    ];

    public static IReadOnlyList<Objection> Of(IssueCase @case) => [.. All.SelectMany(check => check(@case))];
}

/// <summary>What a check looks at.</summary>
/// <param name="Bill">With at least one invoice.</param>
/// <param name="Activities">The client's, of the period and those that stand.</param>
/// <param name="Before">How the client's latest period before it stands; null for the first.</param>
public sealed record IssueCase(ClientBill Bill, ClientDirectory Directory, IReadOnlyCollection<Activity> Activities, ClientOutcome? Before)
{
    public IssueSettings Settings { get; } = Directory.Settings.Issue ?? IssueSettings.Default;

    /// <summary>What the settings say of the client; null for nothing.</summary>
    public ClientIssue? Client => Settings.Clients.FirstOrDefault(client => IsMeant(client.Client));

    public IReadOnlyList<Agreement> Agreements => Directory.ClientOf(Bill.ClientId).Client is { } client ? Directory.AgreementsOf(client) : [];

    /// <param name="client">The company's identifier or the client's id.</param>
    public bool IsMeant(string client) => client == Bill.ClientId || (Directory.Company(client) is { } company && Clients.Client.IdOf(company.Id.ExternalId) == Bill.ClientId);
}
