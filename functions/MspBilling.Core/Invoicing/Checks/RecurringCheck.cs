using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>Whether an invoice lacks something monthly that the client's last one charged, and that nobody has ended.</summary>
/// <remarks>12 seats at 108.00 in August whose addition has no end and which are not on September's invoice: it waits. What is held for a reason of its own is not missing.</remarks>
internal static class RecurringCheck
{
    public const string Code = "missing-recurring";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        if (!@case.Settings.MissingRecurring || @case.Before?.Recurring is not { } before)
        {
            yield break;
        }

        var held = @case.Bill.Dispositions.Where(d => d.Kind == DispositionKind.Held).Select(d => d.Activity.ExternalId).ToHashSet(StringComparer.Ordinal);
        var additions = @case.Activities.OfType<Addition>().ToList();
        foreach (var missing in MissingRecurring.Of(before, RecurringItem.Of(@case.Bill.Invoices.SelectMany(invoice => invoice.Lines)), @case.Agreements, @case.Bill.Period, months: 1))
        {
            if (missing.AdditionId is not { } id || (!held.Contains(id) && !MissingRecurring.HasEnded(missing.AdditionAmong(additions), @case.Bill.Period)))
            {
                yield return new Objection(Code, $"{missing.Item.Description} on {missing.Agreement.Name}, {missing.Item.Net} in {@case.Before.Period}, is not on it, and nobody has ended it.");
            }
        }
    }
}
