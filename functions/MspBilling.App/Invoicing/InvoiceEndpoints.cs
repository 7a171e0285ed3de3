using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Documents;
using MspBilling.Core;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Invoices: the list of a period, one with its lines, its document, and the detail behind it.</summary>
public sealed class InvoiceEndpoints(BillStore bills, StoredInvoices invoices, EInvoiceReader electronic, PeriodQuery periods)
{
    private record Summary(
        string Number, string ClientId, string ClientName, Period Period, DateOnly InvoiceDate, DateOnly DueDate, Currency Currency, Money Net, Money Tax, Money Total, Money Balance,
        InvoiceState State, Money? LateFees, IReadOnlyList<PaidAtIssue>? PaidAtIssue, string? CreditChange, SyncState? Accounting, string? AccountingError, string Pdf)
    {
        public static Summary Of(IssuedInvoice i, OutboxEntry? sync) => new(
            i.Number, i.ClientId, i.ClientName, i.Period, i.InvoiceDate, i.DueDate, i.Currency, i.Net, i.Tax, i.Total, i.Balance,
            i.State, i.LateFees, i.PaidAtIssue, i.CreditChange, sync?.State, sync?.Error, $"/api/invoices/{Uri.EscapeDataString(i.Number)}/pdf");
    }

    private sealed record Waiting(
        string ClientId, string ClientName, Period Period, DateOnly DueDate, Currency Currency, Money Net, Money Tax, Money Total, InvoiceState State, IReadOnlyList<PaidAtIssue>? PaidAtIssue, IReadOnlyList<Objection> Objections, Approval? Approval, string Pdf)
    {
        public static Waiting Of(ClientOutcome outcome, DraftedInvoice draft) => new(
            outcome.ClientId, outcome.ClientName, outcome.Period, draft.DueDate, draft.Currency, draft.Net, draft.Tax, draft.Total, outcome.InvoiceState!, draft.PaidAtIssue, outcome.Objections ?? [], outcome.Approval,
            DraftEndpoint.Address(outcome, draft));
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

        var client = Answers.ClientOf(request);
        var text = request.Query["state"].ToString();
        var state = InvoiceState.Find(text);
        if (text.Length > 0 && state is null)
        {
            return Answers.BadRequest($"'{text}' is no state of an invoice; there are {string.Join(", ", InvoiceState.Known)}.");
        }

        if (state is { IsIssued: false })
        {
            var outcomes = await bills.ListAsync<ClientOutcome>(period, cancellationToken).ConfigureAwait(false);
            return Answers.Json(new
            {
                invoices = outcomes.Where(o => o.Waits && o.InvoiceState == state && (client is null || o.ClientId == client)).OrderBy(o => o.ClientId, StringComparer.Ordinal)
                    .SelectMany(o => o.Drafts!.Select(draft => Waiting.Of(o, draft))),
            });
        }

        var issued = await bills.ListAsync<IssuedInvoice>(period, cancellationToken).ConfigureAwait(false);
        var sync = (await bills.ListAsync<OutboxEntry>(period, cancellationToken).ConfigureAwait(false)).ToDictionary(e => e.Number);
        return Answers.Json(new
        {
            invoices = issued.Where(i => client is null || i.ClientId == client).OrderBy(i => i.Number, StringComparer.Ordinal).Select(i => Summary.Of(i, sync.GetValueOrDefault(i.Number)))
                .Where(summary => state is null || summary.State == state),
        });
    }

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request,
        async invoice =>
        {
            var (_, draft) = await invoices.WholeAsync(invoice, cancellationToken).ConfigureAwait(false);
            var sync = await bills.OutboxAsync(invoice.Period, invoice.ClientId, invoice.Currency, null, invoice.Part, cancellationToken).ConfigureAwait(false);
            return Answers.Json(new Whole(Summary.Of(invoice, sync?.Entry), [.. draft.Numbered.Select(Line.Of)], draft.Taxes, draft.TaxNote));
        },
        cancellationToken);

    public Task<IResult> PdfAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request,
        async invoice => await bills.FindPdfAsync(invoice.Period, invoice.Number, cancellationToken).ConfigureAwait(false) is { } pdf
            ? Results.File(pdf, "application/pdf")
            : Answers.NotFound($"The document of {invoice.Number} is not in the storage any more. Restore it from a backup; the command verify names all that are missing."),
        cancellationToken);

    public Task<IResult> XmlAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request, invoice => XmlAnswer.OfAsync(request, invoice.Number, syntax => electronic.ReadAsync(invoice, syntax, cancellationToken)), cancellationToken);

    public Task<IResult> DetailCsvAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request,
        async invoice => Answers.Csv((await invoices.DetailAsync(invoice, cancellationToken).ConfigureAwait(false)).ToCsv(), $"{invoice.Number}-detail.csv"),
        cancellationToken);

    public Task<IResult> DetailAsync(HttpRequest request, CancellationToken cancellationToken) => WithInvoiceAsync(
        request, async invoice => Answers.Json(await invoices.DetailAsync(invoice, cancellationToken).ConfigureAwait(false)), cancellationToken);

    private async Task<IResult> WithInvoiceAsync(HttpRequest request, Func<IssuedInvoice, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var number = (string)request.RouteValues["number"]!;
        var invoice = await invoices.FindAsync(number, cancellationToken).ConfigureAwait(false);
        return invoice is null ? Answers.NotFound($"No invoice has the number {number}.") : await answer(invoice).ConfigureAwait(false);
    }
}
