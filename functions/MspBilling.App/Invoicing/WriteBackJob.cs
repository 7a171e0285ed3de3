using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Writes the numbers of a period's invoices on the time that they bill, at each source whose settings ask for it.</summary>
/// <remarks>
/// What is to be written stands in the storage since the invoice does. How far it came is noted every few entries, so that a process that ends in between writes some
/// of them again: every writer looks whether the number is there, ConnectWise's and Autotask's in the text that they add it to, Halo's in the field that holds one number,
/// and two at once write the same text. So an entry never has the number twice.
/// </remarks>
public sealed partial class WriteBackJob(IEnumerable<IInvoiceReferenceWriter> writers, BillStore bills, WriteBackStore store, ILogger<WriteBackJob> logger)
{
    private const int NotedEvery = 20;

    /// <summary>Those that are asked to write, by the settings.</summary>
    public IReadOnlyList<IInvoiceReferenceWriter> Writers { get; } = [.. writers.Where(writer => writer.IsAsked)];

    /// <summary>What is to be written of invoices that are about to be issued.</summary>
    public IReadOnlyList<WriteBack> Of(ClientBill bill, IReadOnlyList<IssuedInvoice> invoices) =>
    [
        .. from writer in Writers
           where InvoicedTime.MayHave(bill, writer.Name)
           from invoice in invoices
           select Of(invoice, writer),
    ];

    /// <summary>How the invoices of a period stand, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<WriteBack>> ListAsync(Period period, CancellationToken cancellationToken) =>
        [.. (await bills.ListAsync<WriteBack>(period, cancellationToken).ConfigureAwait(false)).OrderBy(value => value.Number, StringComparer.Ordinal).ThenBy(value => value.Source, StringComparer.Ordinal)];

    /// <summary>Writes what is not written yet, until the source does not answer any more.</summary>
    /// <param name="source">One source; null for all.</param>
    /// <param name="again">Whether somebody asks for it: then what was given up is tried again, and so are invoices from before the settings asked for it.</param>
    public async Task RunAsync(Period period, string? source, bool again, CancellationToken cancellationToken)
    {
        foreach (var writer in Writers.Where(writer => source is null || writer.Name == source))
        {
            if (again)
            {
                await AddMissingAsync(period, writer, cancellationToken).ConfigureAwait(false);
            }

            var patience = new SourcePatience();
            // Those of which something failed come last, so that it keeps nothing else back.
            var open = (await ListAsync(period, cancellationToken).ConfigureAwait(false))
                .Where(value => value.Source == writer.Name && (value.State == WriteBackState.Waiting || (again && value.State == WriteBackState.Failed)))
                .OrderBy(value => value.Left.Count(time => !time.IsGivenUp));
            foreach (var value in open.TakeWhile(_ => !patience.IsOver))
            {
                await WriteAsync(writer, value, again, patience, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static WriteBack Of(IssuedInvoice invoice, IInvoiceReferenceWriter writer) => new(invoice.Period, invoice.ClientId, invoice.Currency, invoice.Number, writer.Name) { Part = invoice.Part };

    private async Task AddMissingAsync(Period period, IInvoiceReferenceWriter writer, CancellationToken cancellationToken)
    {
        var known = (await ListAsync(period, cancellationToken).ConfigureAwait(false)).Where(value => value.Source == writer.Name).Select(value => value.Number).ToHashSet();
        foreach (var invoice in (await bills.ListAsync<IssuedInvoice>(period, cancellationToken).ConfigureAwait(false)).Where(invoice => !known.Contains(invoice.Number)))
        {
            await store.AddAsync(Of(invoice, writer), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(IInvoiceReferenceWriter writer, WriteBack of, bool again, SourcePatience patience, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(of, cancellationToken).ConfigureAwait(false) is not var (value, tag))
        {
            return;
        }

        var visit = new InvoiceVisit(value, await EntriesAsync(value, cancellationToken).ConfigureAwait(false), again);
        var noted = 0;
        while (!patience.IsOver && visit.Next() is { } entry)
        {
            var failure = await FailureAsync(writer, entry, value.Number, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                visit.Written(entry);
            }
            else
            {
                visit.Left(entry, failure);
            }

            if (failure is null or { IsOfEntry: true })
            {
                patience.Answered();
            }
            else
            {
                patience.Failed(failure);
                LogFailed(writer.Name, value.Number, failure.Words);
            }

            if (++noted % NotedEvery == 0)
            {
                if (await store.PutAsync(visit.Now(null), tag, cancellationToken).ConfigureAwait(false) is not { } next)
                {
                    // Another process is at this invoice, and goes on with it.
                    return;
                }

                tag = next;
            }
        }

        await store.PutAsync(visit.Now(patience.Problem), tag, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<InvoicedTime.Entry>> EntriesAsync(WriteBack value, CancellationToken cancellationToken)
    {
        var invoice = await bills.InvoiceAsync(value.Period, value.ClientId, value.Currency, value.Part, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{value.Number} is to be written back and is not among the invoices of {value.Period}.");
        var bill = await bills.GetBillAsync(value.Period, value.ClientId, invoice.BillHash, cancellationToken).ConfigureAwait(false);
        var before = new List<IReadOnlyList<Disposition>>();
        foreach (var adjusted in bill.Adjusted)
        {
            var then = await bills.GetBillAsync(adjusted.ComparedWith.Period, value.ClientId, adjusted.ComparedWith.Hash, cancellationToken).ConfigureAwait(false);
            before.Add(then.Period == adjusted.Now.Period ? then.Dispositions : then.Adjusted.Single(earlier => earlier.Now.Period == adjusted.Now.Period).Now.Dispositions);
        }

        return InvoicedTime.Of(bill, value.Currency, value.Part, value.Source, before);
    }

    /// <returns>Null when the number stands there, or the source takes none of such a record.</returns>
    private static async Task<WriteFailure?> FailureAsync(IInvoiceReferenceWriter writer, InvoicedTime.Entry entry, string number, CancellationToken cancellationToken)
    {
        if (!entry.IsTold)
        {
            return new WriteFailure($"It is on one of the client's invoices of the period, {number} or another, and which cannot be told. Write it there by hand.", IsOfEntry: true);
        }

        try
        {
            return await writer.WriteAsync(entry.Activity, number, cancellationToken).ConfigureAwait(false) == InvoiceReferenceState.Gone
                ? new WriteFailure($"It was deleted there. Look at whether {number} should have billed it; pull --full --sweep has the next invoice take it back.", IsOfEntry: true)
                : null;
        }
        catch (SourceException e)
        {
            return new WriteFailure(e.Message, IsOfEntry: e.Failure == SourceFailure.Refused) { IsThrottled = e.Failure == SourceFailure.Throttled };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new WriteFailure(e is OperationCanceledException or TimeoutException ? "The source did not answer in time." : $"It failed: {e.Message.Split('\n')[0].TrimEnd('\r')}", IsOfEntry: false);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Source} did not take {Number}: {Problem}")]
    private partial void LogFailed(string source, string number, string problem);
}
