using System.CommandLine;
using MspBilling.App.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>approve --period 2024-09</c> and <c>cancel --period 2024-09</c>: lets drafts that wait go, or drops them.</summary>
internal static class ApproveCommand
{
    public static Command Create() => Create("approve", "Approve drafts that wait: they get their numbers and are issued as they are.", (approvals, request, token) => approvals.ApproveAsync(request, token));

    public static Command CreateCancel() => Create("cancel", "Drop drafts that wait; closing the period again drafts them anew.", (approvals, request, token) => approvals.CancelAsync(request, token));

    private static Command Create(string name, string description, Func<Approvals, ApprovalRequest, CancellationToken, Task<ApprovalReport>> decide)
    {
        var period = PeriodOption.Required();
        var clients = new Option<string[]>("--client") { Description = "One client, by its id or a part of its name; may be given several times. All whose drafts wait where it is left out.", AllowMultipleArgumentsPerToken = false };
        var by = new Option<string>("--by") { Description = "Who decides.", Required = true };
        var why = new Option<string?>("--why") { Description = "Why; a draft that a check speaks against is approved with a reason only." };
        var command = new Command(name, description) { period, clients, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var who = result.GetRequiredValue(by).Trim();
                if (who.Length == 0)
                {
                    throw new BadInputException("Say who decides with --by.");
                }

                var ids = await ClientIdsAsync(context, result.GetValue(clients) ?? [], token).ConfigureAwait(false);
                var reason = result.GetValue(why)?.Trim();
                var request = new ApprovalRequest(result.GetRequiredValue(period), ids, who, string.IsNullOrEmpty(reason) ? null : reason);
                return await RunAsync(context, request, await decide(context.Get<Approvals>(), request, token).ConfigureAwait(false), token).ConfigureAwait(false);
            },
            token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ApprovalRequest request, ApprovalReport report, CancellationToken cancellationToken)
    {
        foreach (var refused in report.Refused)
        {
            Screen.Problem(refused.Because);
        }

        if (report.Done.Count + report.Known.Count == 0)
        {
            context.Screen.Notice(report.Refused.Count > 0 ? "Nothing was changed." : $"No draft of {request.Period} waits.");
            return report.Refused.Count > 0 ? ExitCode.HeldOrFailed : ExitCode.Done;
        }

        await context.Get<BillingRunner>().IssueApprovedAsync(request.Period).ConfigureAwait(false);
        var close = await PeriodClose.DeliverAsync(context, request.Period, cancellationToken).ConfigureAwait(false);
        var summary = await CloseSummary.ReadAsync(context, request.Period, close, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(summary, summary.Print);
        return report.Refused.Count > 0 ? ExitCode.HeldOrFailed : summary.ExitCode;
    }

    /// <exception cref="BadInputException">None has that id or name, or several have.</exception>
    private static async Task<IReadOnlyList<string>> ClientIdsAsync(CommandContext context, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var text in texts)
        {
            ids.Add(await context.ClientIdAsync(text, cancellationToken).ConfigureAwait(false));
        }

        return ids;
    }
}
