using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Reports;
using MspBilling.Core;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Invoices: the list of a period, one with its lines, its document, and the detail behind it.</summary>
public sealed class InvoiceEndpoints(BillStore bills, NumberStore numbers, PeriodQuery periods)
{
    private record Summary(
        string Number, string ClientId, string ClientName, Period Period, DateOnly InvoiceDate, DateOnly DueDate, Currency Currency, Money Net, Money Tax, Money Total, Money Balance,
        string State, SyncState? Accounting, string? AccountingError, string Pdf)
    {
        public static Summary Of(IssuedInvoice i, OutboxEntry? sync) => new(
            i.Number, i.ClientId, i.ClientName, i.Period, i.InvoiceDate, i.DueDate, i.Currency, i.Net, i.Tax, i.Total, i.Balance,
            i.State.Code, sync?.State, sync?.Error, $"/api/invoices/{Uri.EscapeDataString(i.Number)}/pdf");
    }

    private sealed record Whole([property: JsonIgnore] Summary Header, IReadOnlyList<Line> Lines, IReadOnlyList<TaxLine> Taxes, string? Note) : Summary(Header);

    private sealed record Line(
        int Position, string Group, string Description, string Agreement, LineKind Kind, AdjustedInvoice? Adjusts, string Rule, int Version, string Explanation, IReadOnlyList<ExplainedFigure> Figures, decimal Quantity, string Unit, UnitPrice UnitPrice, Money Amount, Money Discount, Money Net, int Details)
    {
        public static Line Of(NumberedLine n)
        {
            var (line, why) = (n.Line, n.Line.Explanation);
            return new(
                n.Number, n.Group, line.Description, line.AgreementName, line.Kind, line.Adjusts, why.Rule, why.Version, why.Sentence, why.Figures, line.Quantity, line.Unit, line.UnitPrice, line.Amount, line.Discount,
                line.Net, line.Details.Count);
        }
    }

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (asked is not { } period)
        {
            return Answers.Json(new { invoices = Array.Empty<Summary>() });
        }

        var invoices = await bills.ListAsync<IssuedInvoice>(period, cancellationToken).ConfigureAwait(false);
        var sync = (await bills.ListAsync<OutboxEntry>(period, cancellationToken).ConfigureAwait(false)).ToDictionary(e => e.Number);
        var client = Answers.ClientOf(request);
        return Answers.Json(new
        {
            invoices = invoices.Where(i => client is null || i.ClientId == client).OrderBy(i => i.Number, StringComparer.Ordinal).Select(i => Summary.Of(i, sync.GetValueOrDefault(i.Number))),
        });
    }

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request,
        async invoice =>
        {
            var draft = await DraftAsync(invoice, cancellationToken).ConfigureAwait(false);
            var sync = await bills.OutboxAsync(invoice.Period, invoice.ClientId, invoice.Currency, null, cancellationToken).ConfigureAwait(false);
            return Answers.Json(new Whole(Summary.Of(invoice, sync?.Entry), [.. draft.Numbered.Select(Line.Of)], draft.Taxes, draft.TaxNote));
        },
        cancellationToken);

    public Task<IResult> PdfAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request,
        async invoice => await bills.FindPdfAsync(invoice.Period, invoice.Number, cancellationToken).ConfigureAwait(false) is { } pdf
            ? Results.File(pdf, "application/pdf")
            : Answers.NotFound($"The document of {invoice.Number} is not in the storage any more. Restore it from a backup; the command verify names all that are missing."),
        cancellationToken);

    public Task<IResult> DetailAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request,
        async invoice =>
        {
            var draft = await DraftAsync(invoice, cancellationToken).ConfigureAwait(false);
            var rows = draft.Numbered.SelectMany(line => line.Line.Details.Select(detail => (line.Number, line.Line, detail)));
            return Answers.Csv(Detail(invoice, rows), $"{invoice.Number}-detail.csv");
        },
        cancellationToken);

    private static byte[] Detail(IssuedInvoice invoice, IEnumerable<(int Number, RatedLine Line, LineDetail Detail)> rows) => CsvTable.Write(
        rows,
        ("Invoice", _ => invoice.Number), ("Line", r => r.Number), ("Line description", r => r.Line.Description), ("Date", r => r.Detail.Date), ("Who", r => r.Detail.Who),
        ("Reference", r => r.Detail.Reference), ("Description", r => r.Detail.Text()), ("Quantity", r => r.Detail.Quantity), ("Unit", r => r.Detail.Unit), ("Treatment", r => r.Detail.Treatment));

    private async Task<InvoiceDraft> DraftAsync(IssuedInvoice invoice, CancellationToken cancellationToken)
    {
        var bill = await bills.GetBillAsync(invoice.Period, invoice.ClientId, invoice.BillHash, cancellationToken).ConfigureAwait(false);
        return bill.Invoices.Single(i => i.Currency == invoice.Currency);
    }

    private async Task<IResult> WithInvoiceAsync(HttpRequest request, Func<IssuedInvoice, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var number = (string)request.RouteValues["number"]!;
        var intent = (await numbers.FindAsync(number, cancellationToken).ConfigureAwait(false))?.Intent;
        var invoice = intent is null ? null : await bills.InvoiceAsync(intent.Period, intent.ClientId, intent.Currency, cancellationToken).ConfigureAwait(false);
        return invoice is null ? Answers.NotFound($"No invoice has the number {number}.") : await answer(invoice).ConfigureAwait(false);
    }
}
