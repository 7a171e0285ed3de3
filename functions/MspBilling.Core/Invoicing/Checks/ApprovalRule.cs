using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Invoicing;

/// <summary>Whether an invoice waits for a person because the settings say so: for all, for the client, or above an amount.</summary>
/// <remarks>With a threshold of 5,000.00 EUR, 5,000.00 EUR net is issued and 5,000.01 EUR waits. Each currency has its own, and one without a threshold has none.</remarks>
internal static class ApprovalRule
{
    public const string Code = "approval";
    public const string ThresholdCode = "approval-above";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        if ((@case.Client?.Mode ?? @case.Settings.Mode) == IssueMode.Approval)
        {
            yield return new Objection(Code, $"Invoices of {@case.Bill.ClientName} wait for approval.");
        }

        foreach (var invoice in @case.Bill.Invoices)
        {
            if (@case.Settings.ApprovalAbove.FirstOrDefault(threshold => threshold.Currency == invoice.Currency) is { } threshold && invoice.Net.Amount > threshold.Net)
            {
                yield return new Objection(ThresholdCode, string.Create(CultureInfo.InvariantCulture, $"{invoice.Net} net is above {threshold.Net} {threshold.Currency.Code}, from where on invoices wait for approval."));
            }
        }
    }
}
