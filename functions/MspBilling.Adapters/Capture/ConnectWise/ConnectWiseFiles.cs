using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>The lists that ConnectWise PSA's REST interface 3.0 answers, saved as files: format, file name and what reads them.</summary>
internal static class ConnectWiseFiles
{
    public static IReadOnlyList<(string Format, string FileName, Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> Read)> All { get; } =
    [
        ("connectwise/companies", "company-companies", List(Companies.Read)),
        ("connectwise/agreements", "finance-agreements", List(Agreements.Read)),
        ("connectwise/additions", "finance-agreements-additions", List(Additions.Read)),
        ("connectwise/agreement-work-roles", "finance-agreements-workroles", List(AgreementWorkRoles.Read)),
        ("connectwise/work-roles", "time-workroles", List(WorkRoles.Read)),
        ("connectwise/members", "system-members", List(Members.Read)),
        ("connectwise/tickets", "service-tickets", List(Tickets.Read)),
        ("connectwise/projects", "project-projects", List(Projects.Read)),
        ("connectwise/phases", "project-phases", Page(Phases.List, Phases.Of)),
        ("connectwise/configurations", "company-configurations", List(Configurations.Read)),
        ("connectwise/time-entries", "time-entries", Page(TimeEntries.List, TimeEntries.Of)),
        ("connectwise/expenses", "expense-entries", Page(Expenses.List, Expenses.Of)),
    ];

    private static Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> List(Func<JsonRecord, CapturedRecord?> map) =>
        (content, problems) => RecordArray.Read(content, problems, map);

    private static Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> Page(string list, Func<JsonRecord?, Func<JsonRecord, CapturedRecord?>> mapOf) =>
        (content, problems) => RecordArray.ReadPage(content, problems, list, mapOf);
}
