namespace MspBilling.Local.Sample;

/// <summary>Eight projects: four billed by the hour, four at a fixed price of which milestones are parts.</summary>
internal static class SampleProjects
{
    private const string ByTheHour = "ActualRates";
    private const string FixedPrice = "FixedFee";

    // Weight says how much of September's project time goes there.
    public static readonly SampleProject[] All =
    [
        Agreed(701, 101, "Warehouse Wi-Fi refresh", ByTheHour, 0m, 60, new DateOnly(2024, 8, 19), new DateOnly(2024, 10, 11), weight: 4),
        Agreed(702, 102, "Azure landing zone", FixedPrice, 14_500.00m, 120, new DateOnly(2024, 7, 15), new DateOnly(2024, 9, 30), weight: 5),
        Agreed(703, 107, "Practice server to Azure", FixedPrice, 18_000.00m, 150, new DateOnly(2024, 8, 5), new DateOnly(2024, 11, 15), weight: 5),
        Agreed(704, 109, "Microsoft 365 tenant consolidation", FixedPrice, 11_200.00m, 90, new DateOnly(2024, 9, 2), new DateOnly(2024, 11, 29), weight: 4),
        Agreed(705, 110, "ISO 27001 hardening", ByTheHour, 0m, 80, new DateOnly(2024, 8, 26), new DateOnly(2024, 12, 20), weight: 3),
        Agreed(706, 112, "Clinic network rollout", FixedPrice, 21_600.00m, 160, new DateOnly(2024, 6, 24), new DateOnly(2024, 10, 31), weight: 4),
        Agreed(707, 115, "Robotics lab Kubernetes platform", ByTheHour, 0m, 140, new DateOnly(2024, 8, 12), new DateOnly(2024, 12, 13), weight: 8),
        Agreed(708, 116, "File server to SharePoint", ByTheHour, 0m, 50, new DateOnly(2024, 9, 9), new DateOnly(2024, 10, 25), weight: 3),
    ];

    public static readonly SamplePhase[] Phases =
    [
        Work(9001, 701, "1", "Survey and design", new DateOnly(2024, 8, 19), new DateOnly(2024, 9, 10), 20),
        Work(9002, 701, "2", "Access points and cabling", new DateOnly(2024, 9, 11), new DateOnly(2024, 10, 11), 40),
        Work(9003, 702, "1", "Build and policies", new DateOnly(2024, 7, 15), new DateOnly(2024, 9, 10), 90),
        Milestone(9004, 702, "2", "Landing zone accepted", new DateOnly(2024, 9, 11), 30, 7_250.00m, "ATH-PO-311", completed: new DateOnly(2024, 9, 11)),
        Milestone(9005, 703, "1", "Assessment delivered", new DateOnly(2024, 8, 27), 30, 3_600.00m, "LIF-2024-14", completed: new DateOnly(2024, 8, 27)),
        Work(9006, 703, "2", "Replication and test move", new DateOnly(2024, 8, 28), new DateOnly(2024, 9, 30), 70),
        Milestone(9007, 703, "3", "Test move signed off", new DateOnly(2024, 9, 18), 20, 5_400.00m, "LIF-2024-14", completed: new DateOnly(2024, 9, 20)),
        Work(9008, 704, "1", "Identity and mail flow", new DateOnly(2024, 9, 2), new DateOnly(2024, 10, 4), 50),
        // Still open: nothing is due in September.
        Milestone(9009, 704, "2", "Mailboxes moved", new DateOnly(2024, 10, 18), 40, 5_600.00m, "4500019107", completed: null),
        Work(9010, 705, "1", "Gap analysis", new DateOnly(2024, 8, 26), new DateOnly(2024, 9, 20), 30),
        Work(9011, 705, "2", "Controls", new DateOnly(2024, 9, 23), new DateOnly(2024, 12, 20), 50),
        Work(9012, 706, "1", "South clinics", new DateOnly(2024, 6, 24), new DateOnly(2024, 9, 27), 110),
        Milestone(9013, 706, "2", "Five clinics live", new DateOnly(2024, 9, 27), 50, 8_640.00m, "LSVG-2198", completed: new DateOnly(2024, 9, 27)),
        Work(9014, 707, "1", "Cluster design", new DateOnly(2024, 8, 12), new DateOnly(2024, 9, 13), 40),
        Work(9015, 707, "2", "Cluster build", new DateOnly(2024, 9, 14), new DateOnly(2024, 12, 13), 100),
        Work(9016, 708, "1", "Structure and permissions", new DateOnly(2024, 9, 9), new DateOnly(2024, 9, 24), 20),
        Work(9017, 708, "2", "Content move", new DateOnly(2024, 9, 25), new DateOnly(2024, 10, 25), 30),
    ];

    public static SampleProject Numbered(int id) => All.Single(project => project.Id == id);

    /// <summary>The part of a project that is worked on that day: the last one begun that is not merely an acceptance.</summary>
    public static SamplePhase WorkedOn(SampleProject project, DateOnly day) =>
        Phases.Last(phase => phase.ProjectId == project.Id && !phase.IsMilestone && phase.Start <= day);

    public static SampleFile File(ILookup<int, SampleTimeEntry> worked) => SampleJson.Array("project-projects.json", All.Select(project => new
    {
        project.Id,
        project.Name,
        Company = project.Agreement.Company.Reference,
        Status = new Reference(2, "Open"),
        project.BillingMethod,
        BillingRateType = "WorkRole",
        project.BillingAmount,
        project.BudgetHours,
        ActualHours = Phases.Where(phase => phase.ProjectId == project.Id).Sum(phase => worked[phase.Id].Sum(entry => entry.ActualHours)),
        EstimatedStart = SampleJson.Instant(project.Start),
        EstimatedEnd = SampleJson.Instant(project.End),
        Agreement = new Reference(project.Agreement.Id, project.Agreement.Name),
        CustomerPO = project.Agreement.PurchaseOrder,
        Currency = project.Agreement.Company.Place.CurrencyReference,
        _info = SampleJson.RevisedOn(new DateOnly(2024, 9, 30), "EWHITFIELD"),
    }));

    public static SampleFile PhasesFile(ILookup<int, SampleTimeEntry> worked) => SampleJson.Array("project-phases.json", Phases.Select(phase => new
    {
        phase.Id,
        phase.ProjectId,
        phase.Description,
        WbsCode = phase.Wbs,
        BillTime = "Billable",
        MarkAsMilestoneFlag = phase.IsMilestone,
        ScheduledStart = SampleJson.Date(phase.Start),
        ScheduledEnd = SampleJson.Date(phase.End),
        ActualEnd = phase.Completed is { } completed ? SampleJson.Date(completed) : null,
        phase.BudgetHours,
        ActualHours = worked[phase.Id].Sum(entry => entry.ActualHours),
        Numbered(phase.ProjectId).BillingMethod,
        BillSeparatelyFlag = phase.IsMilestone,
        PoNumber = phase.PurchaseOrder,
        PoAmount = phase.Amount,
        Status = phase.IsCompleted ? new Reference(3, "Completed") : new Reference(2, "Open"),
        _info = SampleJson.RevisedOn(phase.Completed ?? new DateOnly(2024, 9, 2), "EWHITFIELD"),
    }));

    private static SampleProject Agreed(
        int id, int agreementId, string name, string method, decimal price, decimal budgetHours, DateOnly start, DateOnly end, int weight) =>
        new(id, name, SampleAgreements.Numbered(agreementId), method, price, budgetHours, start, end, weight);

    private static SamplePhase Work(int id, int projectId, string wbs, string description, DateOnly start, DateOnly end, decimal budgetHours) =>
        new(id, projectId, wbs, description, start, end, budgetHours, IsMilestone: false, null, null, Completed: end < new DateOnly(2024, 10, 1) ? end : null);

    private static SamplePhase Milestone(
        int id, int projectId, string wbs, string description, DateOnly due, decimal budgetHours, decimal amount, string po, DateOnly? completed) =>
        new(id, projectId, wbs, description, due.AddDays(-5), due, budgetHours, IsMilestone: true, amount, po, completed);
}

internal sealed record SampleProject(
    int Id, string Name, SampleAgreement Agreement, string BillingMethod, decimal BillingAmount, decimal BudgetHours, DateOnly Start, DateOnly End, int Weight);

internal sealed record SamplePhase(
    int Id, int ProjectId, string Wbs, string Description, DateOnly Start, DateOnly End, decimal BudgetHours,
    bool IsMilestone, decimal? Amount, string? PurchaseOrder, DateOnly? Completed)
{
    public bool IsCompleted => Completed is not null;
}
