using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Documents;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Credit notes: giving one, the list of a period, one with its lines, its document on paper and as XML.</summary>
public sealed class CreditEndpoints(InvoiceCredits credits, StoredCreditNotes notes, EInvoiceReader electronic, BillStore bills, PeriodQuery periods)
{
    private const int MostLines = 10_000;

    private sealed record Body(string? Id, IReadOnlyList<BodyLine>? Lines, bool? Restock, string? By, string? Why);

    private sealed record BodyLine(int? Line, decimal? Amount);

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<Body>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (ProblemOf(body!) is { } unreadable)
        {
            return Answers.BadRequest(unreadable);
        }

        var number = (string)request.RouteValues["number"]!;
        var asked = new CreditRequest(body!.Id, body.Lines is { } lines ? [.. lines.Select(line => new CreditedAmount(line.Line!.Value, line.Amount))] : null, body.Restock!.Value, body.By!.Trim(), body.Why!.Trim());
        return await credits.CreditAsync(number, asked, cancellationToken).ConfigureAwait(false) switch
        {
            ({ } note, _) => Answers.Json(ShownCreditNote.Of(note), StatusCodes.Status201Created),
            (_, { } problem) => Answers.Conflict("That cannot be credited; nothing was changed", problem),
            _ => Answers.NotFound($"No invoice has the number {number}."),
        };
    }

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        IReadOnlyList<IssuedCreditNote> all = asked is { } period ? await bills.ListAsync<IssuedCreditNote>(period, cancellationToken).ConfigureAwait(false) : [];
        var client = Answers.ClientOf(request);
        return Answers.Json(new { creditNotes = all.Where(note => client is null || note.ClientId == client).OrderBy(note => note.Number, StringComparer.Ordinal).Select(ShownCreditNote.Of) });
    }

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => WithNoteAsync(
        request,
        async issued =>
        {
            var (note, invoice) = await notes.WholeAsync(issued.Period, issued.ClientId, issued.Number, cancellationToken).ConfigureAwait(false);
            var numbered = invoice.Draft.Numbered.ToDictionary(line => line.Place);
            return Answers.Json(new
            {
                note = ShownCreditNote.Of(issued),
                lines = note.Lines.Select(line => new { line = numbered[line.Index].Number, numbered[line.Index].Line.Description, line.Tax.Net, line.Tax.Tax }),
                note.Taxes,
            });
        },
        cancellationToken);

    public Task<IResult> PdfAsync(HttpRequest request, CancellationToken cancellationToken) => WithNoteAsync(
        request,
        async note => await bills.FindPdfAsync(note.Period, note.Number, cancellationToken).ConfigureAwait(false) is { } pdf
            ? Results.File(pdf, "application/pdf")
            : Answers.NotFound($"The document of {note.Number} is not in the storage any more. Restore it from a backup; the command verify names all that are missing."),
        cancellationToken);

    public Task<IResult> XmlAsync(HttpRequest request, CancellationToken cancellationToken) => WithNoteAsync(
        request, note => XmlAnswer.OfAsync(request, note.Number, syntax => electronic.ReadAsync(note, syntax, cancellationToken)), cancellationToken);

    private static string? ProblemOf(Body body) => DecidedBy.Problem(body.By, body.Why, body.Id) ?? body switch
    {
        { Restock: null } => "Say with \"restock\": true or false whether the work of the credited lines is billed again.",
        { Lines: { } lines } when lines.Count is 0 or > MostLines || lines.Any(line => line?.Line is null) => "\"lines\" are {\"line\": its number on the invoice, \"amount\": net, if not all that is left}; leave them away to credit all of the invoice.",
        _ => null,
    };

    private async Task<IResult> WithNoteAsync(HttpRequest request, Func<IssuedCreditNote, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var number = (string)request.RouteValues["number"]!;
        return await notes.FindAsync(number, cancellationToken).ConfigureAwait(false) is { } note ? await answer(note).ConfigureAwait(false) : Answers.NotFound($"No credit note has the number {number}.");
    }
}
