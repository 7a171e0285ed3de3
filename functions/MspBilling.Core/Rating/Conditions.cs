using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Core.Rating;

/// <summary>Whether an activity meets the conditions of a line or a custom rule.</summary>
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

    public static bool Meets(this Activity activity, ActivityMatch? match, RatingCase @case) =>
        match is null
        || ((match.Kinds is null || match.Kinds.Contains(KindOf(activity)))
            && OneOf(match.Clients, @case.Client.Id, @case.Client.Name)
            && OneOf(match.People, (activity as TimeEntry)?.TechnicianId, (activity as TimeEntry)?.TechnicianName ?? (activity as Expense)?.TechnicianName)
            && OneOf(match.Roles, (activity as TimeEntry)?.RoleId, (activity as TimeEntry)?.RoleName)
            && OneOf(match.WorkTypes, (activity as TimeEntry)?.WorkType, null)
            && OneOf(match.Boards, (activity as TimeEntry)?.Board, null)
            && (match.Projects is null || OneOf(match.Projects, ProjectOf(activity), ProjectNameOf(activity, @case)))
            && OneOf(match.Phases, (activity as TimeEntry)?.PhaseName, (activity as Milestone)?.Name)
            && OneOf(match.Skus, SkuOf(activity), null)
            && OneOf(match.DeviceTypes, (activity as Device)?.DeviceType, null)
            && OneOf(match.Providers, (activity as UsageRecord)?.Provider, null)
            && OneOf(match.CloudServices, (activity as UsageRecord)?.Service, null)
            && OneOf(match.Accounts, (activity as UsageRecord)?.SubAccountId, (activity as UsageRecord)?.SubAccountName)
            && OneOf(match.Categories, (activity as UsageRecord)?.Category, null)
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

    private static string? SkuOf(Activity activity) => activity switch
    {
        Addition addition => addition.Sku,
        UsageRecord usage => usage.Sku,
        Expense expense => expense.Sku,
        Count count => count.Sku,
        _ => null,
    };

    private static string? ProjectOf(Activity activity) => activity switch
    {
        TimeEntry time => time.ProjectId,
        Milestone milestone => milestone.ProjectId,
        Expense expense => expense.ProjectId,
        _ => null,
    };

    private static string? ProjectNameOf(Activity activity, RatingCase @case) =>
        (activity as TimeEntry)?.ProjectName ?? (ProjectOf(activity) is { } id ? @case.Directory.Project(id)?.Name : null);

    private static bool OneOf(IReadOnlyList<string>? wanted, string? value, string? other)
    {
        if (wanted is null)
        {
            return true;
        }

        foreach (var pattern in wanted)
        {
            if (Fits(pattern, value) || Fits(pattern, other))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Without regard to case; a star at an end stands for anything.</summary>
    public static bool Fits(string pattern, string? value)
    {
        if (value is null)
        {
            return false;
        }

        var (open, tail) = (pattern.StartsWith('*'), pattern.EndsWith('*'));
        var text = pattern.AsSpan().Trim('*');
        return (open, tail) switch
        {
            (false, false) => value.Equals(pattern, StringComparison.OrdinalIgnoreCase),
            (false, true) => value.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase),
            (true, false) => value.AsSpan().EndsWith(text, StringComparison.OrdinalIgnoreCase),
            (true, true) => value.AsSpan().Contains(text, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool HasTag(IReadOnlyList<string>? wanted, IReadOnlyList<string>? tags) =>
        wanted is null
        || (tags is not null && wanted.Any(want => tags.Any(tag => Fits(want, tag) || (!want.Contains('=', StringComparison.Ordinal) && tag.StartsWith(want + "=", StringComparison.OrdinalIgnoreCase)))));

    private static bool IsAt(ActivityMatch match, Activity activity, Client client)
    {
        if (match.Weekdays is null && match.TimeOfDay is null)
        {
            return true;
        }

        if (activity is TimeEntry time)
        {
            var local = TimeZoneInfo.ConvertTime(time.Start, client.Zone);
            return (match.Weekdays is null || match.Weekdays.Contains(local.DayOfWeek))
                && (match.TimeOfDay is null || match.TimeOfDay.Contains(TimeOnly.FromDateTime(local.DateTime)));
        }

        return match.TimeOfDay is null && DayOf(activity, client) is { } day && match.Weekdays!.Contains(day.DayOfWeek);
    }
}
