using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>Takes decisions about held work, about one by its address or about several at once.</summary>
public sealed class HoldDecisionEndpoints(HoldDecisions decisions)
{
    private const int MostIds = 1000;

    private sealed record Body(IReadOnlyList<string>? Ids, string? Reason, string? Client, string? Period, string? By, string? Why);

    public Task<IResult> ReleaseAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(DecisionKind.Release, request, IdOf(request), cancellationToken);

    public Task<IResult> WriteOffAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(DecisionKind.WriteOff, request, IdOf(request), cancellationToken);

    public Task<IResult> WithdrawAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(DecisionKind.Withdraw, request, IdOf(request), cancellationToken);

    public Task<IResult> ReleaseSeveralAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(DecisionKind.Release, request, null, cancellationToken);

    public Task<IResult> WriteOffSeveralAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(DecisionKind.WriteOff, request, null, cancellationToken);

    public Task<IResult> WithdrawSeveralAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(DecisionKind.Withdraw, request, null, cancellationToken);

    /// <summary>The id in the address: the host leaves a slash in it encoded, and nothing else.</summary>
    internal static string IdOf(HttpRequest request) => ((string?)request.RouteValues["id"] ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private async Task<IResult> AnswerAsync(DecisionKind kind, HttpRequest request, string? id, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<Body>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        Period? period = null;
        if (body!.Period is { } month)
        {
            (period, refusal) = Answers.PeriodOf(month);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        if (ProblemOf(body, id) is { } problem)
        {
            return Answers.BadRequest(problem);
        }

        IReadOnlyList<string> ids = id is null ? body.Ids ?? [] : [id];
        var asked = new DecisionRequest(kind, ids, body.Reason, body.Client, period, body.By!.Trim(), body.Why!.Trim());
        return Answer(await decisions.DecideAsync(asked, cancellationToken).ConfigureAwait(false), id is not null);
    }

    private static string? ProblemOf(Body body, string? id) => DecidedBy.Problem(body.By, body.Why) ?? body switch
    {
        _ when id is not null => body is { Ids: null, Reason: null, Client: null } ? null : "The address names the work; leave \"ids\", \"reason\" and \"client\" away.",
        { Ids: { } ids } when ids.Count is 0 or > MostIds || ids.Any(string.IsNullOrEmpty) => $"\"ids\" are 1 to {MostIds} ids as GET /api/holds gives them.",
        { Ids: not null, Reason: not null } or { Ids: not null, Client: not null } => "Send either \"ids\", or \"reason\" with \"client\" and \"period\" where you like.",
        { Ids: null, Reason: null } => "Say what is decided about: \"ids\", or a \"reason\" with \"client\" and \"period\" where you like.",
        _ => null,
    };

    private static IResult Answer(DecisionReport report, bool ofOne)
    {
        if (report.Refused is [var refused, ..])
        {
            return ofOne && refused.IsUnknown
                ? Answers.NotFound(refused.Because)
                : Results.Problem(
                    report.Refused.Count == 1 ? refused.Because : $"{report.Refused.Count} of them cannot be decided so, first {refused.Id}: {refused.Because}",
                    title: "That cannot be decided; nothing was changed",
                    statusCode: StatusCodes.Status409Conflict,
                    extensions: new Dictionary<string, object?> { ["refused"] = report.Refused.Select(each => new { each.Id, each.Because }) });
        }

        var all = report.Made.Concat(report.Known).ToList();
        return all.Count == 0
            ? Answers.NotFound("Nothing matches. Look at the list of holds again.")
            : Answers.Json(new
            {
                made = report.Made.Count,
                decisions = all.Select(d => new { id = d.Activity.ToString(), decision = d.Kind, d.By, d.Why, d.At, d.Period, d.ClientId, d.Reason }),
                next = "The next close looks at it; what was invoiced without it comes on that invoice.",
            });
    }
}
