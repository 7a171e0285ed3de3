using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>A feed, and where its records are.</summary>
/// <param name="FileName">Pages are called as files of the same list are.</param>
/// <param name="List">Its list; of a nested feed the last part of the address, below each parent's.</param>
/// <param name="Parents">The list of the records that it is nested in, one list each; null where it has one list for all.</param>
/// <param name="DateField">By when its records are dated; null where they are not.</param>
internal sealed record ConnectWiseFeed(RecordFeed Feed, string FileName, ListQuery List, ListQuery? Parents = null, string? DateField = null)
{
    /// <summary>Whether each parent's list is a page of its own, so that one that cannot be read holds up no other's.</summary>
    public bool IsPagedByParent { get; init; }

    public ListQuery ListOf(long parent) =>
        List with { Path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Parents!.Path}/{parent}/{List.Path}"), Parent = (Parents, parent) };
}

/// <summary>What is pulled from ConnectWise PSA, what others refer to first.</summary>
/// <remarks>
/// Products are not pulled: an addition carries its product's identifier and description. Work roles tell no changes that matter and are few, so all
/// are pulled each time. Permissions are named as the security role names them: module, then item, each with Inquire: All.
/// </remarks>
internal static class ConnectWiseFeeds
{
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public static readonly ListQuery ServiceTickets = Query("service/tickets", "Service Desk > Service Tickets");
    public static readonly ListQuery ProjectTickets = Query("project/tickets", "Project > Project Tickets");
    public static readonly ListQuery TimeEntries = Query("time/entries", "Time & Expense > Time Entry");

    private static readonly ListQuery Agreements = Query("finance/agreements", "Finance > Agreements");
    private static readonly ListQuery Projects = Query("project/projects", "Project > Project Headers");

    public static IReadOnlyList<ConnectWiseFeed> All { get; } =
    [
        Changing("companies", "companies", "company-companies", Query("company/companies", "Companies > Company Maintenance")),
        new(new RecordFeed("work-roles", "connectwise/work-roles"), "time-workroles", Query("time/workroles", "System > Table Setup")),
        Changing("members", "members", "system-members", Query("system/members", "System > Member Maintenance")),
        Changing("agreements", "agreements", "finance-agreements", Agreements),
        Nested("additions", "finance-agreements-additions", Agreements, Query("additions", "Finance > Agreements"), RecordKind.Addition),
        Nested("agreement-work-roles", "finance-agreements-workroles", Agreements, Query("workroles", "Finance > Agreements"), null) with { IsPagedByParent = true },
        Changing("projects", "projects", "project-projects", Projects),
        Nested("phases", "project-phases", Projects, Query("phases", "Project > Project Phase"), RecordKind.Milestone),
        Changing("service-tickets", "tickets", "service-tickets", ServiceTickets),
        Changing("project-tickets", "tickets", "project-tickets", ProjectTickets),
        Changing("configurations", "configurations", "company-configurations", Query("company/configurations", "Companies > Configurations"), RecordKind.Device),

        // Not in order of change: a page is as new as its newest ticket, and time of changed tickets comes after changed time.
        new(new RecordFeed("time-entries", "connectwise/time-entries") { Overlap = Overlap, Swept = RecordKind.Time }, "time-entries", TimeEntries, DateField: "timeStart"),
        Changing("expenses", "expenses", "expense-entries", Query("expense/entries", "Time & Expense > Expense Entry"), RecordKind.Expense, "date"),
    ];

    private static ListQuery Query(string path, string permission) => new(path, permission + " (Inquire: All)");

    private static ConnectWiseFeed Changing(string name, string format, string fileName, ListQuery list, RecordKind? swept = null, string? dateField = null) =>
        new(new RecordFeed(name, "connectwise/" + format) { Overlap = Overlap, IsInOrderOfChange = true, Swept = swept }, fileName, list, DateField: dateField);

    private static ConnectWiseFeed Nested(string name, string fileName, ListQuery parents, ListQuery list, RecordKind? swept) =>
        new(new RecordFeed(name, "connectwise/" + name) { Overlap = Overlap, Swept = swept }, fileName, list, parents);
}
