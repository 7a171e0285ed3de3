using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>Which days exports hold whole, told by their rows and their manifests.</summary>
internal static class ExportCovers
{
    // Each is looked for in every client's months.
    private const int MostPrefixes = 4;

    public static IReadOnlyCollection<UsageCover> Of(IEnumerable<Payload> exports)
    {
        var covers = new Dictionary<UsageScope, UsageCover>();
        foreach (var (import, records) in exports)
        {
            var told = records.OfType<UsageExport>().ToList();
            foreach (var (scope, days) in Told(told).Concat(Rows(records, told)))
            {
                var cover = covers.GetValueOrDefault(scope) ?? new UsageCover(scope, []);
                covers[scope] = cover.With(new CoveredDays(days.From, days.To, days.At, import.FileName));
            }
        }

        return covers.Values;
    }

    /// <summary>The scopes whose covers tell of a record: its own, all of its sub-account, all of its billing account.</summary>
    public static IEnumerable<UsageScope> ScopesOf(UsageScope scope) =>
    [
        scope,
        scope with { Provider = scope.Provider.ToLowerInvariant(), BillingAccountId = "", SubAccountId = scope.Account },
        scope with { Provider = scope.Provider.ToLowerInvariant(), BillingAccountId = UsageScope.NormalAccount(scope.BillingAccountId), SubAccountId = "" },
    ];

    /// <summary>What the ids of the records begin with that covers of one source may tell of: a few beginnings, or the empty one that all ids have.</summary>
    /// <remarks>Of all of a billing account or sub-account it is not known how its files write its id.</remarks>
    public static IReadOnlyList<string> PrefixesOf(IReadOnlyCollection<UsageCover> covers)
    {
        var prefixes = covers.Select(cover => cover.Scope.BillingAccountId.Length > 0 && cover.Scope.SubAccountId.Length > 0 ? cover.Scope.AccountPrefix : "").Distinct().ToList();
        return prefixes.Contains("") || prefixes.Count > MostPrefixes ? [""] : prefixes;
    }

    private static IEnumerable<(UsageScope Scope, (DateOnly From, DateOnly To, DateTimeOffset At) Days)> Told(IEnumerable<UsageExport> told) =>
        from export in told
        where export.BillingAccountId is not null || export.SubAccountId is not null
        from month in MonthsOf(export.Days)
        let days = export.Days.Overlap(month)!.Value
        select (
            new UsageScope(export.Id.Source, export.Provider.ToLowerInvariant(), UsageScope.NormalAccount(export.BillingAccountId ?? ""), UsageScope.NormalAccount(export.SubAccountId ?? ""), month.Start),
            (days.Start, days.End.AddDays(-1), export.Revision!.Value));

    // A manifest tells of days that a sub-account has no rows of any more, too.
    private static IEnumerable<(UsageScope Scope, (DateOnly From, DateOnly To, DateTimeOffset At) Days)> Rows(IEnumerable<CapturedRecord> records, IReadOnlyList<UsageExport> told)
    {
        var spans = new Dictionary<UsageScope, (DateOnly From, DateOnly To, DateTimeOffset At)>();
        foreach (var usage in records.OfType<UsageRecord>())
        {
            if (UsageScope.Of(usage.Id) is var (scope, day) && usage.Revision is { } at)
            {
                spans[scope] = spans.TryGetValue(scope, out var span) ? (day < span.From ? day : span.From, day > span.To ? day : span.To, at) : (day, day, at);
            }
        }

        foreach (var (scope, span) in spans)
        {
            var (from, to, at) = span;
            foreach (var export in told.Where(export => string.Equals(export.Provider, scope.Provider, StringComparison.OrdinalIgnoreCase)))
            {
                if (export.Days.Overlap(Period.MonthOf(scope.BillingPeriod)) is { } days)
                {
                    (from, to) = (days.Start < from ? days.Start : from, days.End.AddDays(-1) > to ? days.End.AddDays(-1) : to);
                }
            }

            yield return (scope, (from, to, at));
        }
    }

    private static IEnumerable<Period> MonthsOf(Period days)
    {
        for (var month = Period.MonthOf(days.Start); month.Start < days.End; month = Period.MonthOf(month.End))
        {
            yield return month;
        }
    }
}
