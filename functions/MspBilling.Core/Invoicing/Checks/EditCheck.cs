using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Invoicing;

/// <summary>Whether a person has changed the draft: then a person lets it go, and reads what was changed by whom and why.</summary>
/// <remarks>An edit whose line is not on the draft any more changes nothing, and is said.</remarks>
internal static class EditCheck
{
    public const string Code = "edited";
    public const string LostCode = "edit-without-line";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        var edits = @case.Directory.EditsOf(@case.Bill.ClientId, @case.Bill.Period).ToList();
        if (edits.Count == 0)
        {
            yield break;
        }

        var rated = @case.Bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => line is { Edit: null, Adjusts: null }).ToList();
        var lost = DraftEdits.Of(@case.Directory, @case.Bill.ClientId, @case.Bill.Period, rated).Lost.ToHashSet();
        var lines = @case.Bill.Invoices.SelectMany(invoice => invoice.Lines).ToLookup(line => line.Edit);
        var withdrawn = edits.Select(edit => edit.Withdraws).ToHashSet(StringComparer.Ordinal);
        foreach (var edit in edits.Where(edit => !withdrawn.Contains(edit.Id.ExternalId)))
        {
            yield return lost.Contains(edit)
                ? new Objection(LostCode, $"'{edit.Text}' by {edit.By} is not on it: {(edit.Line is null ? "the agreement has nothing that it could be of" : "the line that it changes is not there any more")}. Withdraw the edit, or approve without it.")
                : new Objection(Code, $"{Words(edit, Money.Sum(lines[edit.Id.ExternalId].Select(line => line.Amount), edit.Currency))} ({edit.Why}).");
        }
    }

    private static string Words(DraftEdit edit, Money amount) => string.Create(CultureInfo.InvariantCulture, $"{edit.By} {(edit.Withdraws is null ? $"added '{edit.Text}', {amount}," : $"withdrew '{edit.Text}'")} on {edit.At.UtcDateTime:yyyy-MM-dd}");
}
