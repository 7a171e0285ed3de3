using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Whether an activity meets the conditions of a line or a custom rule.</summary>
/// <remarks>
/// An activity that lacks an attribute, or has an empty one, meets no condition on it: use has no weekday's time of day, what stands has no weekday. A day
/// and a time are those of the start, in the client's time zone, whatever the entry runs into.
/// </remarks>
internal static class Conditions
{
    public static ActivityKind KindOf(Activity activity) => activity switch
    {
        TimeEntry => ActivityKind.Time,
        UsageRecord => ActivityKind.Usage,
        Addition => ActivityKind.Addition,
        Device => ActivityKind.Device,
        Milestone => ActivityKind.Milestone,
        Expense => ActivityKind.Expense,
        Count => ActivityKind.Count,
        _ => throw new InvalidOperationException($"{activity.GetType().Name} is of no kind."),
    };

    /// <summary>Whether the conditions let the client's activities through at all.</summary>
    public static bool IsOf(ActivityMatch match, Client client) => OneOf(match.Clients, client.Id, client.Name);

    public static bool Meets(this Activity activity, ActivityMatch? match, RatingCase @case) =>
        match is null
        || (Has(match.Kinds, activity)
            && IsOf(match, @case.Client)
            && activity switch
            {
                TimeEntry time => Meets(time, match, @case),
                UsageRecord usage => Meets(usage, match),
                Expense expense => Meets(expense, match, @case),
                Milestone milestone => Meets(milestone, match, @case),
                Addition addition => IsOfSku(match, addition.Sku),
                Count count => IsOfSku(match, count.Sku),
                Device device => AsksNoWork(match) && AsksNoCloud(match) && match.Skus is null && OneOf(match.DeviceTypes, device.DeviceType),
                _ => false,
            }
            && HasTag(match.Tags, activity.Tags)
            && IsAt(match, activity, @case.Client));

    /// <summary>The local day that decides which version and which dated price holds; null for what stands.</summary>
    public static DateOnly? DayOf(Activity activity, Client client) => activity switch
    {
        TimeEntry time => client.LocalDate(time.Start),
        UsageRecord usage => usage.Day,
        Milestone milestone => milestone.CompletedOn,
        Expense expense => expense.Day,
        Count count => count.Day,
        _ => null,
    };

    /// <summary>Without regard to case; a star at an end stands for anything.</summary>
    public static bool Fits(string pattern, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return false;
        }

        var (open, tail) = (pattern.StartsWith('*'), pattern.EndsWith('*'));
        if (!open && !tail)
        {
            return value.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        }

        var text = pattern.AsSpan().Trim('*');
        return (open, tail) switch
        {
            (false, _) => value.StartsWith(text, StringComparison.OrdinalIgnoreCase),
            (true, false) => value.EndsWith(text, StringComparison.OrdinalIgnoreCase),
            (true, true) => value.Contains(text, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool Meets(TimeEntry time, ActivityMatch match, RatingCase @case) =>
        AsksNoCloud(match) && match.Skus is null && match.DeviceTypes is null
        && OneOf(match.People, time.TechnicianId, time.TechnicianName)
        && OneOf(match.Roles, time.RoleId, time.RoleName)
        && OneOf(match.WorkTypes, time.WorkType)
        && OneOf(match.Boards, time.Board)
        && OneOf(match.Phases, time.PhaseName)
        && IsOfProject(match, time.ProjectId, time.ProjectName, @case);

    private static bool Meets(UsageRecord usage, ActivityMatch match) =>
        AsksNoWork(match) && match.DeviceTypes is null
        && OneOf(match.Skus, usage.Sku)
        && OneOf(match.Providers, usage.Provider)
        && OneOf(match.CloudServices, usage.Service)
        && OneOf(match.Accounts, usage.SubAccountId, usage.SubAccountName)
        && OneOf(match.Categories, usage.Category);

    private static bool Meets(Expense expense, ActivityMatch match, RatingCase @case) =>
        AsksNoCloud(match) && match.Roles is null && match.WorkTypes is null && match.Boards is null && match.Phases is null && match.DeviceTypes is null
        && OneOf(match.People, expense.TechnicianName)
        && OneOf(match.Skus, expense.Sku)
        && IsOfProject(match, expense.ProjectId, null, @case);

    // A milestone is a phase of its project.
    private static bool Meets(Milestone milestone, ActivityMatch match, RatingCase @case) =>
        AsksNoCloud(match) && match.People is null && match.Roles is null && match.WorkTypes is null && match.Boards is null && match.Skus is null && match.DeviceTypes is null
        && OneOf(match.Phases, milestone.Name)
        && IsOfProject(match, milestone.ProjectId, null, @case);

    private static bool IsOfSku(ActivityMatch match, string sku) => AsksNoWork(match) && AsksNoCloud(match) && match.DeviceTypes is null && OneOf(match.Skus, sku);

    private static bool AsksNoWork(ActivityMatch match) =>
        match.People is null && match.Roles is null && match.WorkTypes is null && match.Boards is null && match.Projects is null && match.Phases is null;

    private static bool AsksNoCloud(ActivityMatch match) => match.Providers is null && match.CloudServices is null && match.Accounts is null && match.Categories is null;

    private static bool IsOfProject(ActivityMatch match, string? id, string? name, RatingCase @case) =>
        match.Projects is null || OneOf(match.Projects, id, name ?? (id is null ? null : @case.Directory.Project(id)?.Name));

    private static bool Has(IReadOnlyList<ActivityKind>? kinds, Activity activity)
    {
        if (kinds is null)
        {
            return true;
        }

        var kind = KindOf(activity);
        for (var i = 0; i < kinds.Count; i++)
        {
            if (kinds[i] == kind)
            {
                return true;
            }
        }

        return false;
    }

    private static bool OneOf(IReadOnlyList<string>? wanted, string? value, string? other = null)
    {
        if (wanted is null)
        {
            return true;
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            if (Fits(wanted[i], value) || Fits(wanted[i], other))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTag(IReadOnlyList<string>? wanted, IReadOnlyList<string>? tags)
    {
        if (wanted is null)
        {
            return true;
        }

        for (var i = 0; tags is not null && i < wanted.Count; i++)
        {
            for (var j = 0; j < tags.Count; j++)
            {
                if (FitsTag(wanted[i], tags[j]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A condition without a value holds for the key, whatever its value.
    private static bool FitsTag(string wanted, string tag)
    {
        var end = wanted.Contains('=', StringComparison.Ordinal) ? -1 : tag.IndexOf('=', StringComparison.Ordinal);
        return Fits(wanted, end < 0 ? tag : tag.AsSpan(0, end));
    }

    private static bool IsAt(ActivityMatch match, Activity activity, Client client)
    {
        if (match.Weekdays is null && match.TimeOfDay is null)
        {
            return true;
        }

        if (activity is TimeEntry time)
        {
            var local = LocalClock.Of(client.Zone).At(time.Start);
            return (match.Weekdays is null || match.Weekdays.Contains(local.DayOfWeek))
                && (match.TimeOfDay is null || match.TimeOfDay.Contains(TimeOnly.FromDateTime(local)));
        }

        return match.TimeOfDay is null && DayOf(activity, client) is { } day && match.Weekdays!.Contains(day.DayOfWeek);
    }
}
