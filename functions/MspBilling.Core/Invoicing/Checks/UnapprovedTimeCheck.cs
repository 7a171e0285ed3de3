using System.Globalization;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>Whether time or expenses of the period still wait for approval at their source, so that the invoice would be issued without them.</summary>
/// <remarks>2.00 h and 1.50 h that are not approved: the invoice waits for 2 entries, 3.50 h. What was released is billed and does not count.</remarks>
internal static class UnapprovedTimeCheck
{
    public const string Code = "unapproved-time";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        var waiting = @case.Settings.UnapprovedTime
            ? @case.Bill.Dispositions.Where(d => d.Kind == DispositionKind.Held && (d.Reason == Reason.UnapprovedTime || d.Reason == Reason.UnapprovedExpense)).ToList()
            : [];
        if (waiting.Count > 0)
        {
            var entries = waiting.Select(d => d.Activity).Distinct().Count();
            yield return new Objection(Code, string.Create(
                CultureInfo.InvariantCulture,
                $"{entries} {(entries == 1 ? "entry" : "entries")} of {@case.Bill.Period}, {waiting.Sum(d => d.Quantity.Hours):0.00} h, {(entries == 1 ? "is" : "are")} not approved and would not be on it. Approve them in the PSA, then close {@case.Bill.Period} again."));
        }
    }
}
