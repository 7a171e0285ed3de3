using System.Globalization;
using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;
using MspBilling.App.Reports;
using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Clients' accounts: payments, what they have in credit, write-offs, what undoes them, and statements.</summary>
public sealed class AccountEndpoints(ClientAccounts accounts, StatementReader statements, AccountDays days)
{
    private sealed record PaymentBody(string? Id, string? Client, decimal? Amount, string? Currency, string? Date, string? Reference, IReadOnlyList<string>? Invoices, bool? Prepayment, string? Expires, string? Agreement, string? By);

    private sealed record Body(string? Id, string? By, string? Why, string? Client, string? Of, string? Currency, IReadOnlyList<string>? Invoices);

    public async Task<IResult> PayAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<PaymentBody>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var (payment, problem) = PaymentText.Read(body!.Id, body.Amount, body.Currency, body.Date, body.Reference, body.Invoices, body.Prepayment ?? false, body.Expires, body.Agreement, body.By);
        return problem is not null || string.IsNullOrEmpty(body.Client)
            ? Answers.BadRequest(problem ?? "\"client\" is the client's id, as the list of invoices has it.")
            : Answer(await accounts.PayAsync(body.Client, payment!, cancellationToken).ConfigureAwait(false));
    }

    public Task<IResult> ReverseAsync(HttpRequest request, CancellationToken cancellationToken) => DecideAsync(
        request,
        body => string.IsNullOrEmpty(body.Of) ? "\"of\" is the id of the payment, use of credit or write-off that is undone." : null,
        body => accounts.ReverseAsync((string)request.RouteValues["client"]!, body.Of!, body.Id, body.By!.Trim(), body.Why!.Trim(), cancellationToken),
        cancellationToken);

    public Task<IResult> UseCreditAsync(HttpRequest request, CancellationToken cancellationToken) => DecideAsync(
        request,
        body => Currency.TryParse(body.Currency, out _) ? null : $"'{body.Currency}' is not a currency; write its ISO 4217 code, such as EUR.",
        body => accounts.UseCreditAsync((string)request.RouteValues["client"]!, Currency.Of(body.Currency!), body.Invoices, body.Id, body.By!.Trim(), body.Why!.Trim(), cancellationToken),
        cancellationToken);

    public Task<IResult> WriteOffAsync(HttpRequest request, CancellationToken cancellationToken) => DecideAsync(
        request, _ => null, body => accounts.WriteOffAsync((string)request.RouteValues["number"]!, body.Id, body.By!.Trim(), body.Why!.Trim(), cancellationToken), cancellationToken);

    public Task<IResult> WaiveLateFeesAsync(HttpRequest request, CancellationToken cancellationToken) => DecideAsync(
        request, _ => null, body => accounts.WaiveLateFeesAsync((string)request.RouteValues["number"]!, body.Id, body.By!.Trim(), body.Why!.Trim(), cancellationToken), cancellationToken);

    /// <summary>Writes what the days up to now bring by themselves, which the served host also does four times a day.</summary>
    public async Task<IResult> UpdateAsync(CancellationToken cancellationToken) =>
        Answers.Json(new { written = (await days.RunAsync(cancellationToken).ConfigureAwait(false)).Select(each => new { client = each.ClientId, entry = ShownEntry.Of(each.Entry) }) });

    /// <summary>What is open of each invoice, what the client has in credit, and all that moved either.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var clientId = (string)request.RouteValues["client"]!;
        return await accounts.ReadAsync(clientId, cancellationToken).ConfigureAwait(false) is var (client, invoices, ledger)
            ? Answers.Json(ShownAccount.Of(client, invoices, ledger, statements.Today(client)))
            : Answers.NotFound($"{clientId} is no client; take the id from the list of invoices.");
    }

    public Task<IResult> StatementAsync(HttpRequest request, CancellationToken cancellationToken) => WithStatementAsync(
        request, statement => Task.FromResult(Answers.Json(new { client = statement.Client.Id, name = statement.Client.Name, from = statement.Days.Start, to = statement.Days.LastDay, statement.Accounts })), cancellationToken);

    public Task<IResult> StatementPdfAsync(HttpRequest request, CancellationToken cancellationToken) => WithStatementAsync(
        request, async statement => Results.File(await statements.PdfAsync(statement, cancellationToken).ConfigureAwait(false), "application/pdf", FileName(statement, "pdf")), cancellationToken);

    public Task<IResult> StatementCsvAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var labels = InvoiceLabels.For(DocumentLanguage.Of("en"));
        return WithStatementAsync(
            request,
            statement => Task.FromResult(Answers.Csv(
                CsvTable.Write(
                    statement.Accounts.SelectMany(account => account.Lines),
                    ("Client", _ => statement.Client.Name), ("Date", line => line.Entry.Date), ("What", line => labels.NameOf(line.Entry.Kind)), ("Reference", line => line.Entry.Reference),
                    ("Due", line => line.Entry.DueDate), ("Currency", line => line.Balance.Currency.Code), ("Amount", line => line.Entry.Amount), ("Balance", line => line.Balance)),
                FileName(statement, "csv"))),
            cancellationToken);
    }

    private static string FileName(Statement statement, string kind) => string.Create(CultureInfo.InvariantCulture, $"statement-{statement.Client.Id}-{statement.Days.LastDay:yyyy-MM-dd}.{kind}");

    private async Task<IResult> WithStatementAsync(HttpRequest request, Func<Statement, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var (from, to) = (PaymentText.DateOf(request.Query["from"]), PaymentText.DateOf(request.Query["to"]));
        if ((from is null && request.Query.ContainsKey("from")) || (to is null && request.Query.ContainsKey("to")) || from > to)
        {
            return Answers.BadRequest("\"from\" and \"to\" are the first and the last day, such as 2024-09-01 and 2024-09-30.");
        }

        var clientId = (string)request.RouteValues["client"]!;
        return await statements.ReadAsync(clientId, from, to, cancellationToken).ConfigureAwait(false) is { } statement
            ? await answer(statement).ConfigureAwait(false)
            : Answers.NotFound($"{clientId} is no client; take the id from the list of invoices.");
    }

    private static async Task<IResult> DecideAsync(
        HttpRequest request, Func<Body, string?> problemOf, Func<Body, Task<(LedgerEntry? Entry, AccountRefusal? Refusal)>> decide, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<Body>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        return (DecidedBy.Problem(body!.By, body.Why, body.Id) ?? problemOf(body)) is { } problem ? Answers.BadRequest(problem) : Answer(await decide(body).ConfigureAwait(false));
    }

    private static IResult Answer((LedgerEntry? Entry, AccountRefusal? Refusal) written) => written switch
    {
        ({ } entry, _) => Answers.Json(ShownEntry.Of(entry), StatusCodes.Status201Created),
        (_, { IsUnknown: true } unknown) => Answers.NotFound(unknown.Because),
        var (_, refused) => Answers.Conflict("That cannot be done; nothing was changed", refused!.Because),
    };
}
