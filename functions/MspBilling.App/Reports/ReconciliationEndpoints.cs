using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Capture;
using MspBilling.App.Api;
using MspBilling.App.Rating;
using MspBilling.Core.Reports;

namespace MspBilling.App.Reports;

/// <summary>
/// The reconciliation of a period, of all clients or of one: <c>GET /api/reports/reconciliation[.csv]?period=2024-09&amp;client=cw-250</c>; and
/// <c>POST /api/reconciliation/accept</c>, which leaves exceptions as they are, for a reason.
/// </summary>
public sealed class ReconciliationEndpoints(ReconciliationReader reconciliations, AcceptanceJob acceptances, StoredClients clients, PeriodQuery periods)
{
    /// <param name="Kind">As the report names it, such as overBilled.</param>
    private sealed record Item(string? Client, string? Product, string? Kind, decimal? UpTo, DateOnly? Until, string? Why);

    private sealed record Body(string? Period, string? By, IReadOnlyList<Item>? Accept);

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, report => Answers.Json(ShownReconciliation.Of(report)), cancellationToken);

    public Task<IResult> CsvAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(
        request,
        report => Answers.Csv(
            CsvTable.Write(
                report.Exceptions,
                ("Period", _ => report.Period.ToString()), ("Client", item => item.ClientName), ("Product", item => item.Product), ("Name", item => item.Name), ("Exception", item => item.Title),
                ("Kind", item => AcceptancesFile.WordOf(item.Kind)), ("Bought", item => item.Bought), ("In use", item => item.InUse), ("Agreed", item => item.Agreed), ("Invoiced", item => item.Invoiced),
                ("Difference", item => item.Difference), ("Percent", item => item.Percent), ("Revenue", item => item.Revenue), ("Revenue currency", item => item.Revenue?.Currency.Code),
                ("Cost", item => item.Cost), ("Cost currency", item => item.Cost?.Currency.Code), ("What settles it", item => string.Join(" Or: ", item.Actions.Select(action => action.Words)))),
            $"reconciliation-{report.Period}.csv"),
        cancellationToken);

    public async Task<IResult> AcceptAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<Body>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (string.IsNullOrWhiteSpace(body!.By) || body.Accept is not { Count: > 0 } items)
        {
            return Answers.BadRequest("""Say who accepts what, and why: {"period":"2024-09","by":"Nora Kelly","accept":[{"client":"cw-250","product":"M365BP","kind":"overBilled","until":"2024-12-31","why":"spares"}]}.""");
        }

        var (period, unreadable) = Answers.MonthOf(body.Period);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var asked = new List<AcceptanceRequest>();
        foreach (var item in items)
        {
            if (item.Kind is null || AcceptancesFile.KindOf(item.Kind) is not { } kind)
            {
                return Answers.BadRequest($"accept[{asked.Count}].kind: '{item.Kind}' is none of {string.Join(", ", AcceptancesFile.Words)}.");
            }

            if (string.IsNullOrWhiteSpace(item.Client) || string.IsNullOrWhiteSpace(item.Product))
            {
                return Answers.BadRequest($"accept[{asked.Count}]: say the client and the product, as the report has them.");
            }

            asked.Add(new AcceptanceRequest(item.Client, item.Product, kind, item.UpTo, item.Until, item.Why ?? ""));
        }

        var outcome = await acceptances.StoreAsync(period!.Value, asked, body.By, cancellationToken).ConfigureAwait(false);
        return outcome.Problem is { } problem
            ? Results.Problem(problem, title: "This cannot be accepted; nothing was stored", statusCode: StatusCodes.Status422UnprocessableEntity)
            : Answers.Json(new { outcome.Changed, accepted = outcome.Accepted.Select(a => new { client = a.ClientId, a.Product, a.Kind, a.UpTo, a.Until, a.By, a.Why, at = a.Revision }) });
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, Func<ReconciliationReport, IResult> answer, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (asked is not { } period)
        {
            return Answers.BadRequest("Say of which period: ?period=2024-09. None has been closed yet, of which it could be the last.");
        }

        var client = Answers.ClientOf(request);
        return await clients.ProblemAsync(client, cancellationToken).ConfigureAwait(false) is { } problem
            ? Answers.BadRequest(problem)
            : answer(await reconciliations.ReadAsync(period, client is null ? null : [client], cancellationToken).ConfigureAwait(false));
    }
}
