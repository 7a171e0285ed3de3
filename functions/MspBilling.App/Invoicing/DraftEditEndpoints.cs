using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Edits of a draft: making one, withdrawing one, and all of them with who and why.</summary>
public sealed class DraftEditEndpoints(DraftEditing editing)
{
    private sealed record Body(
        string? Id, string? Currency, string? Part, int? Line, string? Agreement, string? Service, string? Text, decimal? Amount, decimal? Percent, decimal? To, string? By, string? Why);

    private sealed record Withdrawing(string? By, string? Why);

    public Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken) => WithBodyAsync<Body>(
        request,
        body => DecidedBy.Problem(body.By, body.Why, body.Id),
        async (period, client, body) =>
        {
            var asked = new EditRequest(
                period, client, body.Id, body.Currency, body.Line, body.Agreement, body.Service, body.Text, body.Amount, body.Percent, body.To, body.By!.Trim(), body.Why!.Trim())
            {
                Part = body.Part,
            };
            return Answer(await editing.EditAsync(asked, cancellationToken).ConfigureAwait(false), StatusCodes.Status201Created);
        },
        cancellationToken);

    public Task<IResult> WithdrawAsync(HttpRequest request, CancellationToken cancellationToken) => WithBodyAsync<Withdrawing>(
        request,
        body => DecidedBy.Problem(body.By, body.Why),
        async (period, client, body) =>
        {
            return Answer(await editing.WithdrawAsync(period, client, HoldDecisionEndpoints.IdOf(request), body.By!.Trim(), body.Why!.Trim(), cancellationToken).ConfigureAwait(false), StatusCodes.Status200OK);
        },
        cancellationToken);

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, refusal) = Answers.PeriodOf((string?)request.RouteValues["period"]);
        return refusal ?? Answers.Json(new { edits = ShownEdit.Of(await editing.ListAsync(period!.Value, ClientOf(request), cancellationToken).ConfigureAwait(false)) });
    }

    private static async Task<IResult> WithBodyAsync<T>(HttpRequest request, Func<T, string?> problemOf, Func<Period, string, T, Task<IResult>> answer, CancellationToken cancellationToken)
        where T : class
    {
        var (period, refusal) = Answers.PeriodOf((string?)request.RouteValues["period"]);
        if (refusal is not null)
        {
            return refusal;
        }

        var (body, unreadable) = await JsonBody.ReadAsync<T>(request, cancellationToken).ConfigureAwait(false);
        return unreadable
            ?? (problemOf(body!) is { } problem ? Answers.BadRequest(problem) : await answer(period!.Value, ClientOf(request), body!).ConfigureAwait(false));
    }

    private static string ClientOf(HttpRequest request) => (string?)request.RouteValues["client"] ?? "";

    private static IResult Answer(EditReport report, int status) => report switch
    {
        { IsUnknown: true } => Answers.NotFound(report.Problem!),
        { Problem: { } problem } => Answers.Conflict("That cannot be changed; the draft is as it was", problem),
        _ => Answers.Json(
            new { edit = ShownEdit.Of(report.Edit!, isWithdrawn: false), draft = new { report.Draft!.Period, report.Draft.ClientId, report.Draft.ClientName, invoices = report.Draft.Drafts ?? [], report.Draft.Objections } },
            status),
    };
}

/// <summary>An edit as lists have it.</summary>
/// <param name="Line">What it changes: a line, all lines of the agreement, or nothing, where it is a line of its own.</param>
public sealed record ShownEdit(
    string Id, Period Period, string ClientId, string Agreement, EditedLine? Line, string? Service, string Text, decimal? Amount, decimal? Percent, decimal? To, string Currency, string By, string Why, DateTimeOffset At, string? Withdraws,
    bool IsWithdrawn)
{
    public static IReadOnlyList<ShownEdit> Of(IReadOnlyList<DraftEdit> edits)
    {
        var standing = DraftEdits.Standing(edits).ToHashSet();
        return [.. edits.Select(edit => Of(edit, edit.Withdraws is null && !standing.Contains(edit)))];
    }

    public static ShownEdit Of(DraftEdit edit, bool isWithdrawn) => new(
        edit.Id.ExternalId, edit.Period, edit.ClientId, edit.AgreementId, edit.Line, edit.Service, edit.Text, edit.Amount, edit.Percent, edit.To, edit.Currency.Code, edit.By, edit.Why, edit.At, edit.Withdraws, isWithdrawn);
}
