using System.Globalization;
using System.Security.Cryptography;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <param name="Period">Null where a payload is meant.</param>
/// <param name="ClientName">The client, or the payload's file.</param>
/// <param name="Invoice">Its number; null where no single invoice is meant.</param>
public sealed record VerificationDifference(Period? Period, string ClientName, string? Invoice, string What);

public sealed record VerificationReport(int Bills, int Invoices, int Payloads, IReadOnlyList<VerificationDifference> Differences);

/// <summary>Computes every stored invoice again from the raw payloads, and compares it to the byte.</summary>
/// <remarks>
/// Reads the files that were imported and the pages that were pulled, not the tables that were made of them. A bill names each record that it was computed from and
/// its version; those versions are looked for in the payloads, billed anew, and the bill, its document and its number are compared. What a bill
/// adjusts is compared again with what it was compared with then. A bill has to start from what the client's bill before it left.
/// </remarks>
public sealed class InvoiceVerification(RawPayloadStore payloads, StoredAdjustments storedAdjustments, BillStore bills, NumberStore numbers, RunStore runs, CreditNoteVerification notes, IInvoiceRenderer renderer)
{
    public async Task<VerificationReport> RunAsync(CancellationToken cancellationToken)
    {
        var differences = new List<VerificationDifference>();
        var (versions, read) = await ReplayAsync(differences, cancellationToken).ConfigureAwait(false);
        var (checkedBills, checkedInvoices) = (0, 0);
        var assignments = new List<NumberStore.Assignment>();
        var left = new Dictionary<string, CarriedState>(StringComparer.Ordinal);
        foreach (var run in (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).OrderBy(r => r.Period.Start))
        {
            var invoices = (await bills.ListAsync<IssuedInvoice>(run.Period, cancellationToken).ConfigureAwait(false)).ToLookup(i => i.ClientId);
            foreach (var outcome in await bills.ListAsync<ClientOutcome>(run.Period, cancellationToken).ConfigureAwait(false))
            {
                checkedBills++;
                checkedInvoices += invoices[outcome.ClientId].Count();
                differences.AddRange(await CheckAsync(outcome, [.. invoices[outcome.ClientId]], versions, left.GetValueOrDefault(outcome.ClientId), cancellationToken).ConfigureAwait(false));
                left[outcome.ClientId] = outcome.Carried ?? CarriedState.None;
            }

            var assigned = await numbers.AssignmentsAsync(NumberedDocument.Invoice, run.Period, cancellationToken).ConfigureAwait(false);
            assignments.AddRange(assigned);
            differences.AddRange(
                from assignment in assigned
                where !invoices[assignment.Intent.ClientId].Any(i => i.Number == assignment.Number)
                select new VerificationDifference(run.Period, assignment.Intent.ClientId, assignment.Number, "The number is assigned, but no invoice carries it. Close the period again."));
            var taken = assigned.Select(a => a.Number).ToHashSet(StringComparer.Ordinal);
            differences.AddRange(
                from invoice in invoices.SelectMany(i => i)
                where !taken.Contains(invoice.Number)
                select new VerificationDifference(run.Period, invoice.ClientName, invoice.Number, "The invoice carries a number that was never assigned to it."));
            differences.AddRange(await notes.RunAsync(run.Period, [.. invoices.SelectMany(i => i)], cancellationToken).ConfigureAwait(false));
        }

        differences.AddRange(Gaps(assignments));
        return new VerificationReport(checkedBills, checkedInvoices, read, differences);
    }

    // Over all periods together, counter by counter: which of them was closed first does not matter to the numbers.
    private static IEnumerable<VerificationDifference> Gaps(IEnumerable<NumberStore.Assignment> assignments)
    {
        var (counter, next) = ((string?)null, (long?)null);
        foreach (var assignment in assignments.OrderBy(a => a.Counter, StringComparer.Ordinal).ThenBy(a => a.Ordinal))
        {
            if (next is { } expected && assignment.Counter == counter && assignment.Ordinal != expected)
            {
                yield return new(
                    assignment.Intent.Period, assignment.Intent.ClientId, assignment.Number, string.Create(CultureInfo.InvariantCulture, $"The number before it is missing: {expected} was expected."));
            }

            (counter, next) = (assignment.Counter, assignment.Ordinal + 1);
        }
    }

    private async Task<List<VerificationDifference>> CheckAsync(
        ClientOutcome outcome, IReadOnlyList<IssuedInvoice> invoices, Dictionary<RecordVersion, CapturedRecord> versions, CarriedState? left, CancellationToken cancellationToken)
    {
        VerificationDifference Difference(string? number, string what) => new(outcome.Period, outcome.ClientName, number, what);
        var bytes = await bills.FindBillBytesAsync(outcome.Period, outcome.ClientId, outcome.BillHash, cancellationToken).ConfigureAwait(false);
        if (bytes is null || RecordJson.Hash(bytes) != outcome.BillHash)
        {
            return [Difference(null, bytes is null ? "The stored bill is missing." : "The stored bill was changed: its bytes are not those that its name stands for.")];
        }

        var stored = RecordJson.Deserialize<ClientBill>(bytes);

        var missing = stored.Inputs.Where(input => !versions.ContainsKey(input)).ToList();
        if (missing.Count > 0)
        {
            return [Difference(null, $"{missing.Count} of the records it was computed from are in no payload, first {missing[0].Id}.")];
        }

        var records = stored.Inputs.Select(input => versions[input]).ToList();
        var directory = ClientDirectory.Of([.. records.Where(r => r is not Activity)]);
        var activities = records.OfType<Activity>();
        var (adjustments, problem) = await storedAdjustments.AgainAsync(stored, directory, versions, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return [Difference(null, problem)];
        }

        var startsFrom = stored.Adjusted is [.., { MovesCarried: true } last] ? last.Now.CarriedOut : left ?? CarriedState.None;
        var again = outcome.ClientId == Client.Unknown
            ? UnknownWork.Hold(directory, outcome.Period, stored.InvoiceDate, activities)
            : ClientBilling.Bill(directory, outcome.ClientId, outcome.Period, stored.InvoiceDate, activities, stored.CarriedIn, adjustments) with { References = stored.References, LookedAt = stored.LookedAt, NotAdjusted = stored.NotAdjusted };

        if (stored.Problem is { } held && again.Problem is null && invoices.Count == 0)
        {
            // What kept it from being billed is not in its records: a later period that was billed before it, or a row that could not be read.
            again = ClientBilling.Quarantine(directory, outcome.ClientId, outcome.Period, stored.InvoiceDate, activities, held, stored.CarriedIn);
        }

        var differences = new List<VerificationDifference>();
        if (RecordJson.Hash(RecordJson.Serialize(again)) != outcome.BillHash)
        {
            differences.Add(Difference(null, Compare(stored, again)));
        }

        if (!Adjustments.Same(stored.CarriedIn, startsFrom))
        {
            differences.Add(Difference(null, "It does not start from the balances that the client's bill before it left."));
        }

        foreach (var invoice in invoices)
        {
            if (again.DraftOf(invoice.Currency, invoice.Part) is not { } draft)
            {
                differences.Add(Difference(invoice.Number, "Computed again, there is no such invoice."));
                continue;
            }

            if (draft.Total != invoice.Total)
            {
                differences.Add(Difference(invoice.Number, $"The total is {invoice.Total}; computed again it is {draft.Total}."));
            }

            var pdf = await bills.FindPdfAsync(invoice.Period, invoice.Number, cancellationToken).ConfigureAwait(false);
            if (pdf is null)
            {
                differences.Add(Difference(invoice.Number, "The stored document is missing."));
            }
            else if (RecordJson.Hash(pdf) != invoice.PdfHash || RecordJson.Hash(renderer.Render(PrintedInvoice.Of(directory.Settings, draft, invoice.Number, invoice.PaidAtIssue))) != invoice.PdfHash)
            {
                differences.Add(Difference(invoice.Number, "The stored document is not the one that was issued, or is printed differently now."));
            }
        }

        return differences;
    }

    private static string Compare(ClientBill stored, ClientBill again)
    {
        string Totals(ClientBill bill) => bill.Invoices.Count == 0 ? "nothing" : string.Join(" and ", bill.Invoices.Select(i => $"{i.Net} net in {i.Lines.Count} lines"));
        return $"The bill came to {Totals(stored)}; computed again it comes to {Totals(again)}.";
    }

    private async Task<(Dictionary<RecordVersion, CapturedRecord> Versions, int Payloads)> ReplayAsync(
        List<VerificationDifference> differences, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<RecordVersion, CapturedRecord>();
        var imports = await payloads.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var import in imports)
        {
            using var bytes = await payloads.OpenAsync(import.Hash, cancellationToken).ConfigureAwait(false);
            if (bytes is null || Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken).ConfigureAwait(false)) != import.Hash)
            {
                differences.Add(new(null, import.FileName, null, $"The payload of {import.FileName} {(bytes is null ? "is missing" : "was changed")}. Restore it from a backup: {import.Hash}."));
                continue;
            }

            bytes.Position = 0;
            foreach (var record in ImportSession.ReadKept(import, bytes))
            {
                versions[RecordVersion.Of(record)] = record;
                if (record is UsageRecord usage)
                {
                    // As it was stored once a later export had it no more, which is no file's own word.
                    var withdrawn = usage.Withdrawn();
                    versions[RecordVersion.Of(withdrawn)] = withdrawn;
                }
            }
        }

        return (versions, imports.Count);
    }
}
