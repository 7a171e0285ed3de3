using MspBilling.Core.Clients;

namespace MspBilling.Core.Capture;

/// <summary>A name of a source's that nobody has said the meaning of, with what waits because of it.</summary>
/// <param name="Name">What the source calls it beside its id; the same where it has no other.</param>
/// <param name="Costs">Of usage and expenses, one amount a currency.</param>
/// <param name="Suggestions">Best first; none where nothing of ours is called alike.</param>
public sealed record Unmapped(
    MappedThing What, string Source, string From, string Name, int Activities, decimal Hours, decimal Units, IReadOnlyList<Money> Costs, DateOnly? First, DateOnly? Last,
    IReadOnlyList<Suggestion> Suggestions)
{
    /// <summary>What of the activities is not known, most of them first.</summary>
    /// <remarks>A record whose client is not known is listed for its client alone: its agreement can be told when that is.</remarks>
    public static IReadOnlyList<Unmapped> Of(ClientDirectory directory, IEnumerable<Activity> activities)
    {
        var unknown = activities.Where(activity => activity.DeletedAt is null)
            .SelectMany(activity => Names(directory, activity).Select(name => (name.What, name.Source, name.From, name.Name, Activity: activity)));
        return
        [
            .. unknown.GroupBy(item => Mapping.IdOf(item.What, item.Source, item.From)).Select(group => Of(directory, [.. group]))
                .OrderByDescending(item => item.Activities).ThenBy(item => item.What).ThenBy(item => item.Source, StringComparer.Ordinal).ThenBy(item => item.From, StringComparer.Ordinal),
        ];
    }

    private static Unmapped Of(ClientDirectory directory, List<(MappedThing What, string Source, string From, string Name, Activity Activity)> items)
    {
        var ((what, source, from, _, _), activities) = (items[0], items.ConvertAll(item => item.Activity));
        var name = items.Select(item => item.Name).Min(StringComparer.Ordinal)!;
        var days = activities.Select(ActivityWords.DateOf).OfType<DateOnly>().ToList();
        var captured = activities.Aggregate(default(CapturedQuantity), (sum, activity) => sum + activity.Captured);
        var client = what == MappedThing.Agreement ? directory.Attribute(activities[0]).ClientId : null;
        return new Unmapped(
            what,
            source,
            from,
            name,
            activities.Count,
            captured.Hours,
            captured.Units,
            [.. activities.Select(CostOf).OfType<Money>().GroupBy(cost => cost.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => Money.Sum(g, g.Key))],
            days.Count == 0 ? null : days.Min(),
            days.Count == 0 ? null : days.Max(),
            NameLikeness.Best([from, name], client is null ? directory.Targets(what) : directory.AgreementNames(client)));
    }

    private static IEnumerable<(MappedThing What, string Source, string From, string Name)> Names(ClientDirectory directory, Activity activity)
    {
        var source = activity.Id.Source;
        if (directory.Attribute(activity).ClientId is var client && client == Client.Unknown)
        {
            return activity switch
            {
                UsageRecord { CompanyId: { } owner } => [(MappedThing.Client, source, owner, owner)],
                UsageRecord usage => [(MappedThing.Account, usage.Provider, usage.SubAccountId, usage.SubAccountName ?? usage.SubAccountId)],
                TimeEntry time => [(MappedThing.Client, source, time.CompanyId, time.CompanyName)],
                Expense expense => [(MappedThing.Client, source, expense.CompanyId, expense.CompanyName)],
                Count count => [(MappedThing.Client, source, count.CompanyId, count.CompanyName)],
                Device device => [(MappedThing.Client, source, device.CompanyId, device.CompanyName)],
                _ => [],
            };
        }

        // What the PSA itself refers to is imported from it, not mapped.
        return source == directory.Psa ? [] : directory.InOurWords(activity) switch
        {
            TimeEntry time => [.. Agreement(directory, client, source, time.AgreementId), .. Role(directory, source, time)],
            Expense expense => Agreement(directory, client, source, expense.AgreementId),
            _ => [],
        };
    }

    private static IEnumerable<(MappedThing What, string Source, string From, string Name)> Agreement(ClientDirectory directory, string client, string source, string? named) =>
        named is null || directory.AgreementNames(client).Any(agreement => agreement.Id == named) ? [] : [(MappedThing.Agreement, source, named, named)];

    private static IEnumerable<(MappedThing What, string Source, string From, string Name)> Role(ClientDirectory directory, string source, TimeEntry time) =>
        (time.RoleName ?? time.RoleId) is not { } role || directory.IsRole(time.RoleId, time.RoleName) ? [] : [(MappedThing.Role, source, time.RoleId ?? role, role)];

    private static Money? CostOf(Activity activity) => activity switch
    {
        UsageRecord { Currency: { } currency } usage => Rounding.ToMoney(usage.Cost, currency),
        Expense expense => Rounding.ToMoney(expense.Captured.Cost, expense.Currency),
        _ => null,
    };
}
