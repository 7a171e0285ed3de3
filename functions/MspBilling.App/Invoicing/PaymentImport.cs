using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Brings the payments of a file into clients' ledgers: all of them, or a list of what is wrong and none.</summary>
/// <remarks>
/// The reference of each is its id in the ledger. So a file that comes again, or that was cut short in the middle, changes nothing that stands and brings what is missing; the file
/// itself need not be kept.
/// </remarks>
public sealed class PaymentImport(ClientAccounts accounts, StoredInvoices invoices, RecordStore records, TimeProvider clock)
{
    private sealed record Row(ReceivedPayment Payment, string ClientId, PaymentRequest Request);

    /// <param name="read">Of which every record is a payment.</param>
    public async Task<ImportReport> RunAsync(string fileName, ImportResult read, CancellationToken cancellationToken)
    {
        var problems = new List<ImportProblem>();
        var rows = await RowsAsync(fileName, read, problems, cancellationToken).ConfigureAwait(false);
        var fresh = await FreshAsync(fileName, rows, problems, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0)
        {
            return new ImportReport(
                fileName, read.Format, ImportState.Refused, 0, 0, 0, 0, [.. problems.OrderBy(problem => problem.Line).Take(ImportResult.MostProblems)], problems.Count > ImportResult.MostProblems, IsConflict: true);
        }

        var notes = new List<string>();
        foreach (var row in fresh)
        {
            var (entry, refusal) = await accounts.PayAsync(row.ClientId, row.Request, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                // Another has brought in the reference, or what it pays, since it was looked at.
                problems.Add(Problem(fileName, row.Payment, "reference", row.Request.Id, $"another look at it: {refusal.Because} The payments before this line are in; import the file again when it is mended"));
                break;
            }

            if (entry!.Grants is { IsPrepayment: false } credit)
            {
                notes.Add($"line {row.Payment.Line}: {credit.Amount} of {row.Request.Id} is more than is open and is the client's credit. It pays the next invoice, unless the settings leave that to you; 'account use-credit' puts it to another one.");
            }
        }

        return new ImportReport(
            fileName, read.Format, problems.Count > 0 ? ImportState.Refused : ImportState.Imported, fresh.Count, 0, read.Records.Count - fresh.Count, 0, problems, false, problems.Count > 0)
        {
            Notes = notes,
        };
    }

    private async Task<List<Row>> RowsAsync(string fileName, ImportResult read, List<ImportProblem> problems, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        var known = new Dictionary<string, IssuedInvoice?>(StringComparer.Ordinal);
        var rows = new List<Row>();
        foreach (var payment in read.Records.Cast<ReceivedPayment>())
        {
            var clientId = payment.Client is { } named && directory.HasSettings ? ClientOf(directory, payment, named) : null;
            if (payment.Client is not null && clientId is null)
            {
                problems.Add(Problem(fileName, payment, "client", payment.Client, "the id, identifier or name of a client that is billed; correct it, or map it (mappings)"));
                continue;
            }

            var count = problems.Count;
            foreach (var number in payment.Invoices ?? [])
            {
                if (!known.TryGetValue(number, out var invoice))
                {
                    known[number] = invoice = await invoices.FindAsync(number, cancellationToken).ConfigureAwait(false);
                }

                if (ProblemOf(payment, number, invoice, clientId) is var (field, value, expected))
                {
                    problems.Add(Problem(fileName, payment, field, value, expected));
                }

                clientId ??= invoice?.ClientId;
            }

            if (problems.Count == count)
            {
                rows.Add(new Row(payment, clientId!, RequestOf(fileName, payment)));
            }
        }

        return rows;
    }

    private static string? ClientOf(ClientDirectory directory, ReceivedPayment payment, string named) =>
        directory.Meant(MappedThing.Client, payment.Id.Source, named) is { IsInternal: false } company ? Core.Clients.Client.IdOf(company.Id.ExternalId) : null;

    private static (string Field, string Value, string Expected)? ProblemOf(ReceivedPayment payment, string number, IssuedInvoice? invoice, string? clientId) => invoice switch
    {
        null => ("invoice", number, "the number of an issued invoice; correct it, or leave it empty and name the client: then it pays what was due first"),
        _ when clientId is not null && invoice.ClientId != clientId => ("invoice", number, $"an invoice of the same client; {number} is {invoice.ClientName}'s. Correct one of the two"),
        _ when invoice.Currency != payment.Amount.Currency => ("currency", payment.Amount.Currency.Code, $"{invoice.Currency}, as {number} is in it; leave the invoice empty to keep another currency as the client's credit"),
        _ => null,
    };

    private static PaymentRequest RequestOf(string fileName, ReceivedPayment payment) =>
        new(payment.Id.ExternalId, payment.Amount, payment.Date, payment.Id.ExternalId, payment.Invoices, payment.IsPrepayment, payment.Expires, $"Import of {fileName}") { Agreement = payment.Agreement };

    // Those that do not stand yet, each once; looked at one after the other as they would be written.
    private async Task<List<Row>> FreshAsync(string fileName, List<Row> rows, List<ImportProblem> problems, CancellationToken cancellationToken)
    {
        var fresh = new List<Row>();
        foreach (var of in rows.GroupBy(row => row.ClientId))
        {
            if (await accounts.ReadAsync(of.Key, cancellationToken).ConfigureAwait(false) is not var (client, all, ledger))
            {
                problems.AddRange(of.Select(row => Problem(fileName, row.Payment, "client", of.Key, "a client that is billed; import the companies, or correct the row")));
                continue;
            }

            foreach (var row in of)
            {
                if (ledger.Find(row.Request.Id) is { } before)
                {
                    if (before is not Payment payment || !Payments.IsSame(payment, row.Request))
                    {
                        problems.Add(Problem(
                            fileName, row.Payment, "reference", row.Request.Id,
                            $"a reference of its own: {client.Name} has it already, {(before is Payment other ? $"for {other.Amount} of {other.Date:yyyy-MM-dd}" : "for something else")}. Correct the row, or reverse that one first"));
                    }

                    continue;
                }

                var (entry, problem) = Payments.Of(all, ledger, row.Request, clock.GetUtcNow());
                if (problem is not null)
                {
                    problems.Add(Problem(fileName, row.Payment, null, null, problem));
                    continue;
                }

                fresh.Add(row);
                ledger = new ClientLedger([.. ledger.Entries, entry!]);
            }
        }

        return [.. fresh.OrderBy(row => row.Payment.Line)];
    }

    private static ImportProblem Problem(string fileName, ReceivedPayment payment, string? field, string? value, string expected) => new(fileName, payment.Line, 0, field, value, expected);
}
