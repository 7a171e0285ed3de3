using MspBilling.Adapters.Storage;
using MspBilling.App.Documents;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Looks at a period's credit notes and balances: each is what its ledger comes to, printed again to the byte, and no invoice is credited beyond what it has.</summary>
public sealed class CreditNoteVerification(LedgerStore ledgers, StoredInvoices stored, BillStore bills, NumberStore numbers, IInvoiceRenderer renderer)
{
    /// <param name="invoices">All of the period.</param>
    public async Task<IReadOnlyList<VerificationDifference>> RunAsync(Period period, IReadOnlyList<IssuedInvoice> invoices, CancellationToken cancellationToken)
    {
        var differences = new List<VerificationDifference>();
        var notes = (await bills.ListAsync<IssuedCreditNote>(period, cancellationToken).ConfigureAwait(false)).ToList();
        foreach (var clientId in invoices.Where(invoice => invoice.Entries is not null).Select(invoice => invoice.ClientId).Concat(notes.Select(note => note.ClientId)).Distinct())
        {
            var (ledger, _) = await ledgers.ReadAsync(clientId, cancellationToken).ConfigureAwait(false);
            foreach (var invoice in invoices.Where(invoice => invoice.ClientId == clientId))
            {
                differences.AddRange(Of(invoice, ledger).Select(what => new VerificationDifference(period, invoice.ClientName, invoice.Number, what)));
            }

            foreach (var note in notes.Where(note => note.ClientId == clientId))
            {
                if (await OfAsync(note, ledger, cancellationToken).ConfigureAwait(false) is { } what)
                {
                    differences.Add(new VerificationDifference(period, note.ClientName, note.Number, what));
                }
            }
        }

        var carried = notes.Select(note => note.Number).ToHashSet(StringComparer.Ordinal);
        var assigned = await numbers.AssignmentsAsync(NumberedDocument.CreditNote, period, cancellationToken).ConfigureAwait(false);
        differences.AddRange(assigned.Where(assignment => !carried.Contains(assignment.Number))
            .Select(assignment => new VerificationDifference(period, assignment.Intent.ClientId, assignment.Number, "The number is assigned, but no credit note carries it. It will within a quarter of an hour; look again then.")));
        return differences;
    }

    private static IEnumerable<string> Of(IssuedInvoice invoice, ClientLedger ledger)
    {
        var comesTo = invoice.With(ledger);
        if (comesTo.Balance != invoice.Balance || comesTo.Credited != invoice.Credited)
        {
            yield return $"{invoice.Balance} is open; by the client's ledger it is {comesTo.Balance}.";
        }

        var used = ledger.Find(CreditAtIssue.IdOf(invoice.Number))?.Draws ?? [];
        if (!used.Select(draw => (draw.Credit, draw.Amount)).SequenceEqual((invoice.PaidAtIssue ?? []).Select(share => (share.Credit, share.Amount))))
        {
            yield return "What it says was paid from credit is not what the client's ledger has.";
        }

        var notes = ledger.NotesOf(invoice.Number).ToList();
        if (Money.Sum(notes.Select(note => note.Net), invoice.Currency) > invoice.Net || Money.Sum(notes.Select(note => note.Tax), invoice.Currency) > invoice.Tax)
        {
            yield return "More was credited than was invoiced.";
        }
    }

    private async Task<string?> OfAsync(IssuedCreditNote issued, ClientLedger ledger, CancellationToken cancellationToken)
    {
        if (ledger.Find(issued.Entry) is not CreditNote note || await stored.FindAsync(issued.Invoice, cancellationToken).ConfigureAwait(false) is not { } invoice)
        {
            return "It is not in the client's ledger, or its invoice is missing.";
        }

        var whole = await stored.WholeAsync(invoice, cancellationToken).ConfigureAwait(false);
        var settings = (await stored.DirectoryAsync(invoice, cancellationToken).ConfigureAwait(false)).Settings;
        var again = renderer.Render(PrintedInvoice.Of(settings, note, whole, issued.Number));
        if (RecordJson.Hash(RecordJson.Serialize(IssuedCreditNote.Of(issued.Number, note, whole, issued.PdfHash))) != RecordJson.Hash(RecordJson.Serialize(issued)))
        {
            return "Its figures are not those of the client's ledger.";
        }

        return await bills.FindPdfAsync(issued.Period, issued.Number, cancellationToken).ConfigureAwait(false) switch
        {
            null => "The stored document is missing.",
            var pdf when RecordJson.Hash(pdf) != issued.PdfHash || RecordJson.Hash(again) != issued.PdfHash => "The stored document is not the one that was issued, or is printed differently now.",
            _ => null,
        };
    }
}
