using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Reports;

/// <summary>A discrepancy that somebody asks to be left as it is.</summary>
/// <param name="Client">The client's id.</param>
/// <param name="Product">As the reconciliation names it.</param>
/// <param name="UpTo">The largest difference; null is the one that there is, 0 withdraws what was accepted.</param>
/// <param name="Until">The last day that it is accepted for; null for ever.</param>
public sealed record AcceptanceRequest(string Client, string Product, DiscrepancyKind Kind, decimal? UpTo, DateOnly? Until, string Why);

/// <summary>Stores which discrepancies people accept, as records that are kept like any other.</summary>
public sealed class AcceptanceJob(ImportSessions sessions, PageKeeper pages, ReconciliationReader reconciliations, TimeProvider clock)
{
    /// <param name="Problem">What was wrong with it, with its place in the request; null when all were stored.</param>
    public sealed record Outcome(string? Problem, IReadOnlyList<Acceptance> Accepted, int Changed);

    /// <summary>Stores all of them or, with what is wrong, none.</summary>
    /// <param name="period">In which they are found.</param>
    /// <param name="by">Who says so.</param>
    public async Task<Outcome> StoreAsync(Period period, IReadOnlyList<AcceptanceRequest> requests, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var report = await reconciliations.ReadAsync(period, [.. requests.Select(request => request.Client).Distinct()], cancellationToken).ConfigureAwait(false);
        var (acceptances, problem) = Checked(report, requests, by);
        if (problem is not null)
        {
            return new Outcome(problem, [], 0);
        }

        var session = sessions.Open();
        return await session.AloneAsync(
            null,
            async token =>
            {
                var page = await pages.KeepAsync("acceptances.json", ImportReader.AcceptancesFormat, AcceptancesFile.Write(acceptances), token).ConfigureAwait(false);
                var (stored, _) = await session.StoreAsync([page.Payload], wereCutShort: false, token).ConfigureAwait(false);
                return new Outcome(null, acceptances, stored.Added + stored.Changed);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private (IReadOnlyList<Acceptance> Acceptances, string? Problem) Checked(ReconciliationReport report, IReadOnlyList<AcceptanceRequest> requests, string by)
    {
        var now = clock.GetUtcNow();
        var acceptances = new Dictionary<RecordId, Acceptance>();
        for (var i = 0; i < requests.Count; i++)
        {
            var (client, product, kind, upTo, until, why) = requests[i];
            var place = string.Create(CultureInfo.InvariantCulture, $"accept[{i}]");
            if (string.IsNullOrWhiteSpace(why))
            {
                return ([], $"{place}.why: say why it is left as it is; whoever looks at it next wants to know.");
            }

            if (upTo is < 0 or >= 1_000_000_000_000m)
            {
                return ([], $"{place}.upTo: a number of 0 or more, below a trillion; 0 withdraws.");
            }

            // What is gone by now can still be withdrawn.
            var found = report.Exceptions.Concat(report.Accepted.Select(accepted => accepted.Discrepancy))
                .FirstOrDefault(item => item.ClientId == client && item.Kind == kind && string.Equals(item.Product, product, StringComparison.OrdinalIgnoreCase));
            if (found is null && upTo != 0)
            {
                return ([], $"{place}: {client} has no {AcceptancesFile.WordOf(kind)} of {product} in {report.Period}{OpenWords(report, client)}.");
            }

            if (until < report.Period.LastDay && upTo != 0)
            {
                return ([], string.Create(CultureInfo.InvariantCulture, $"{place}.until: {until:yyyy-MM-dd} is before the end of {report.Period}; it would accept nothing."));
            }

            var acceptance = new Acceptance
            {
                Id = Acceptance.IdOf(client, product, kind),
                Revision = now,
                ClientId = client,
                Product = found?.Product ?? product,
                Kind = kind,
                UpTo = upTo ?? found!.Difference,
                Until = until,
                By = by,
                Why = why,
            };
            if (!acceptances.TryAdd(acceptance.Id, acceptance))
            {
                return ([], $"{place}: {AcceptancesFile.WordOf(kind)} of {product} of {client} stands in the list twice.");
            }
        }

        return ([.. acceptances.Values], null);
    }

    private static string OpenWords(ReconciliationReport report, string client) =>
        report.Exceptions.Where(item => item.ClientId == client).Select(item => $"{AcceptancesFile.WordOf(item.Kind)} of {item.Product}").Take(5).ToList() is { Count: > 0 } open
            ? $"; open are {string.Join(", ", open)}"
            : "; nothing of it is open";
}
