using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>The lists that ConnectWise PSA's REST interface 3.0 answers, saved as files: format, file name and what reads an item.</summary>
internal static class ConnectWiseFiles
{
    public static IReadOnlyList<(string Format, string FileName, Func<JsonRecord, CapturedRecord?> Read)> All { get; } =
    [
        ("connectwise/companies", "company-companies", Companies.Read),
        ("connectwise/agreements", "finance-agreements", Agreements.Read),
        ("connectwise/additions", "finance-agreements-additions", Additions.Read),
        ("connectwise/agreement-work-roles", "finance-agreements-workroles", AgreementWorkRoles.Read),
        ("connectwise/work-roles", "time-workroles", WorkRoles.Read),
        ("connectwise/members", "system-members", Members.Read),
        ("connectwise/tickets", "service-tickets", Tickets.Read),
        ("connectwise/projects", "project-projects", Projects.Read),
        ("connectwise/phases", "project-phases", Phases.Read),
        ("connectwise/configurations", "company-configurations", Configurations.Read),
        ("connectwise/time-entries", "time-entries", TimeEntries.Read),
    ];
}
