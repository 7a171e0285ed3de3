using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Approves or cancels the drafts of a period, all that wait or those of some clients.</summary>
public sealed class ApprovalEndpoints(Approvals approvals, RunStore runs, BillingRunner runner)
{
    private const int LongestName = 200;
    private const int LongestText = 2000;
    private const int MostClients = 1000;

    private sealed record Body(IReadOnlyList<string>? Clients, string? By, string? Why);

    public Task<IResult> ApproveAsync(HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, "approved", "Its invoices get their numbers now; ask for the run again.", approvals.ApproveAsync, cancellationToken);

    public Task<IResult> CancelAsync(HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, "cancelled", "Close the period again to draft them anew.", approvals.CancelAsync, cancellationToken);

    private async Task<IResult> AnswerAsync(
        HttpRequest request, string word, string next, Func<ApprovalRequest, CancellationToken, Task<ApprovalReport>> decide, CancellationToken cancellationToken)
    {
        var (period, unreadable) = Answers.PeriodOf((string?)request.RouteValues["period"]);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var (body, refusal) = await JsonBody.ReadAsync<Body>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (ProblemOf(body!) is { } problem)
        {
            return Answers.BadRequest(problem);
        }

        if (await runs.FindAsync(period!.Value, cancellationToken).ConfigureAwait(false) is null)
        {
            return Answers.NotFound($"{period} has not been closed. Close it with POST /api/runs {{\"period\":\"{period}\"}}.");
        }

        var why = string.IsNullOrWhiteSpace(body!.Why) ? null : body.Why.Trim();
        var report = await decide(new ApprovalRequest(period.Value, body.Clients ?? [], body.By!.Trim(), why), cancellationToken).ConfigureAwait(false);
        if (report.Done.Count + report.Known.Count > 0)
        {
            _ = runner.IssueApprovedAsync(period.Value);
        }

        return Answer(period.Value, word, next, report);
    }

    private static string? ProblemOf(Body body) => body switch
    {
        { By: var by } when string.IsNullOrWhiteSpace(by) || by.Length > LongestName => $"Say who decides: \"by\", in at most {LongestName} characters.",
        { Why.Length: > LongestText } => $"\"why\" is a text of at most {LongestText} characters.",
        { Clients: { } clients } when clients.Count is 0 or > MostClients || clients.Any(string.IsNullOrEmpty) => $"\"clients\" are 1 to {MostClients} ids of clients; leave it away for all that wait.",
        _ => null,
    };

    private static IResult Answer(Period period, string word, string next, ApprovalReport report) => report switch
    {
        { Refused: [{ IsUnknown: true } unknown] } => Answers.NotFound(unknown.Because),
        { Refused: [var refused, ..] } => Results.Problem(
            refused.Because,
            title: report.Done.Count > 0 ? "Some drafts could not be " + word : $"That cannot be {word}; nothing was changed",
            statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["refused"] = report.Refused.Select(each => new { each.ClientId, each.Because }), ["done"] = report.Done.Select(each => each.ClientId) }),
        { Done.Count: 0, Known.Count: 0 } => Answers.NotFound($"No draft of {period} waits."),
        _ => Answers.Json(
            new
            {
                id = period,
                made = report.Done.Count,
                clients = report.Done.Concat(report.Known).Select(outcome => new { outcome.ClientId, outcome.ClientName, decision = word, invoices = outcome.Drafts ?? [] }),
                next,
            },
            StatusCodes.Status202Accepted),
    };
}
