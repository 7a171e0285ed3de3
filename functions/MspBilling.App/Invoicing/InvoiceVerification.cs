using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <param name="Invoice">Its number, or the client where no number is meant.</param>
public sealed record VerificationDifference(Period Period, string ClientName, string? Invoice, string What);

public sealed record VerificationReport(int Bills, int Invoices, int Payloads, IReadOnlyList<VerificationDifference> Differences);

/// <summary>Computes every stored invoice again from the raw payloads, and compares it to the byte.</summary>
/// <remarks>
/// Reads the files that were imported, not the tables that were made of them. A bill names each record that it was computed from and
/// its version; those versions are looked for in the payloads, billed anew, and the bill, its document and its number are compared.
/// </remarks>
public sealed class InvoiceVerification(RawPayloadStore payloads, BillStore bills, NumberStore numbers, RunStore runs, IInvoiceRenderer renderer)
{
    public async Task<VerificationReport> RunAsync(CancellationToken cancellationToken)
    {
        var (versions, read) = await ReplayAsync(cancellationToken).ConfigureAwait(false);
        var differences = new List<VerificationDifference>();
        var (checkedBills, checkedInvoices) = (0, 0);
        long? next = null;
        foreach (var run in (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).OrderBy(r => r.Period.Start))
        {
            var invoices = (await bills.ListAsync<IssuedInvoice>(run.Period, cancellationToken).ConfigureAwait(false)).ToLookup(i => i.ClientId);
            foreach (var outcome in await bills.ListAsync<ClientOutcome>(run.Period, cancellationToken).ConfigureAwait(false))
            {
                checkedBills++;
                checkedInvoices += invoices[outcome.ClientId].Count();
                differences.AddRange(await CheckAsync(outcome, [.. invoices[outcome.ClientId]], versions, cancellationToken).ConfigureAwait(false));
            }

            foreach (var assignment in await numbers.AssignmentsAsync(run.Period, cancellationToken).ConfigureAwait(false))
            {
                if (next is { } expected && assignment.Ordinal != expected)
                {
                    differences.Add(new(run.Period, assignment.Intent.ClientId, assignment.Number, string.Create(CultureInfo.InvariantCulture, $"The number before it is missing: {expected} was expected.")));
                }

                next = assignment.Ordinal + 1;
                if (!invoices[assignment.Intent.ClientId].Any(i => i.Number == assignment.Number))
                {
                    differences.Add(new(run.Period, assignment.Intent.ClientId, assignment.Number, "The number is assigned, but no invoice carries it. Close the period again."));
                }
            }
        }

        return new VerificationReport(checkedBills, checkedInvoices, read, differences);
    }

    private async Task<List<VerificationDifference>> CheckAsync(
        ClientOutcome outcome, IReadOnlyList<IssuedInvoice> invoices, Dictionary<RecordVersion, CapturedRecord> versions, CancellationToken cancellationToken)
    {
        var stored = await bills.GetBillAsync(outcome.Period, outcome.ClientId, outcome.BillHash, cancellationToken).ConfigureAwait(false);
        VerificationDifference Difference(string? number, string what) => new(outcome.Period, outcome.ClientName, number, what);

        var missing = stored.Inputs.Where(input => !versions.ContainsKey(input)).ToList();
        if (missing.Count > 0)
        {
            return [Difference(null, $"{missing.Count} of the records it was computed from are in no payload, first {missing[0].Id}.")];
        }

        var records = stored.Inputs.Select(input => versions[input]).ToList();
        var directory = ClientDirectory.Of([.. records.Where(r => r is not Activity)]);
        var activities = records.OfType<Activity>();
        var again = outcome.ClientId == Client.Unknown
            ? UnknownWork.Hold(directory, outcome.Period, stored.InvoiceDate, activities)
            : ClientBilling.Bill(directory, outcome.ClientId, outcome.Period, stored.InvoiceDate, activities, stored.InvoicedBefore);

        var differences = new List<VerificationDifference>();
        if (RecordJson.Hash(RecordJson.Serialize(again)) != outcome.BillHash)
        {
            differences.Add(Difference(null, Compare(stored, again)));
        }

        foreach (var invoice in invoices)
        {
            if (again.Invoices.FirstOrDefault(i => i.Currency == invoice.Currency) is not { } draft)
            {
                differences.Add(Difference(invoice.Number, "Computed again, there is no invoice in this currency."));
                continue;
            }

            if (draft.Total != invoice.Total)
            {
                differences.Add(Difference(invoice.Number, $"The total is {invoice.Total}; computed again it is {draft.Total}."));
            }

            var pdf = await bills.GetPdfAsync(invoice.Period, invoice.Number, cancellationToken).ConfigureAwait(false);
            if (RecordJson.Hash(pdf) != invoice.PdfHash || RecordJson.Hash(renderer.Render(PrintedInvoice.Of(directory.Settings, draft, invoice.Number))) != invoice.PdfHash)
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

    private async Task<(Dictionary<RecordVersion, CapturedRecord> Versions, int Payloads)> ReplayAsync(CancellationToken cancellationToken)
    {
        var versions = new Dictionary<RecordVersion, CapturedRecord>();
        var imports = await payloads.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var import in imports)
        {
            using var content = new MemoryStream();
            using (var stored = await payloads.OpenAsync(import.Hash, cancellationToken).ConfigureAwait(false))
            {
                await stored.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
            }

            content.Position = 0;
            foreach (var record in ImportReader.Read(import.FileName, import.Format, content).Records)
            {
                versions[RecordVersion.Of(record)] = record;
            }
        }

        return (versions, imports.Count);
    }
}
