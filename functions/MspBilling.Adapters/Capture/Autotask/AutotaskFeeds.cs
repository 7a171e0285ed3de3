using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>What is pulled from Autotask, in the order in which it is pulled.</summary>
/// <remarks>
/// Which field tells a change is by the entities' pages of the REST API's documentation; contracts and what belongs to them, charges, roles and resources
/// have none and are pulled whole. Of tickets and resources only the fields that are read are asked for: descriptions are long, and what is
/// private about people is nobody's business here. Phases are no records of their own, they name where time was spent.
/// </remarks>
internal static class AutotaskFeeds
{
    public const string Time = "time-entries";

    private static readonly IReadOnlyList<string> TicketFields =
        ["id", "ticketNumber", "title", "companyID", "contractID", "queueID", "status", "completedDate", "lastActivityDate", "lastTrackedModificationDateTime"];

    private static readonly IReadOnlyList<string> ResourceFields = ["id", "firstName", "lastName", "userName", "isActive", "internalCost", "defaultServiceDeskRoleID"];

    private static readonly (string Entity, string Field) ContractType = ("Contracts", "contractType");

    public static IReadOnlyList<AutotaskFeed> All { get; } =
    [
        new("companies", "companies", "Companies", Companies.Read) { Stamps = ["lastTrackedModifiedDateTime", "lastActivityDate"] },
        new("resources", "resources", "Resources", Resources.Read) { Fields = ResourceFields, Links = [new("resources", "defaultServiceDeskRoleID", "roles", "Roles") { IsFew = true }] },
        new("roles", "roles", "Roles", (row, _) => Roles.Read(row)),
        new("contracts", "contracts", "Contracts", Contracts.Read)
        {
            Links = [new("contracts", "id", "contractBlocks", "ContractBlocks") { Key = "contractID" }],
            Labels = [ContractType, ("Contracts", "contractPeriodType"), ("ContractBlocks", "status")],
        },
        Units("contract-service-units", ContractUnits.OfServices, "ContractServiceUnits", "ContractServices", "Services"),
        Units("contract-bundle-units", ContractUnits.OfBundles, "ContractServiceBundleUnits", "ContractServiceBundles", "ServiceBundles"),
        new("contract-rates", "contractRates", "ContractRates", ContractRates.Read)
        {
            Links = [new("contractRates", "contractID", "contracts", "Contracts") { IsFew = true }, new("contractRates", "roleID", "roles", "Roles") { IsFew = true }],
        },
        new("projects", "projects", "Projects", Projects.Read)
        {
            Stamps = ["lastActivityDateTime"],
            Links = [new("projects", "contractID", "contracts", "Contracts")],
            Labels = [ContractType],
        },
        new("contract-milestones", "contractMilestones", "ContractMilestones", ContractMilestones.Read)
        {
            Links = [new("contractMilestones", "contractID", "contracts", "Contracts"), new("contracts", "id", "projects", "Projects") { Key = "contractID" }],
            Labels = [("ContractMilestones", "status")],
            Swept = RecordKind.Milestone,
        },
        new("tickets", "tickets", "Tickets", Tickets.Read)
        {
            Stamps = ["lastActivityDate", "lastTrackedModificationDateTime"],
            Fields = TicketFields,
            Labels = [("Tickets", "queueID"), ("Tickets", "status")],
        },
        new("configuration-items", "configurationItems", "ConfigurationItems", ConfigurationItems.Read)
        {
            Stamps = ["lastModifiedTime"],
            Links = [Company("configurationItems"), new("configurationItems", "productID", "products", "Products") { IsFew = true }],
            Labels = [("ConfigurationItems", "configurationItemType")],
            Swept = RecordKind.Device,
        },
        new(Time, "timeEntries", "TimeEntries", TimeEntries.Read)
        {
            Stamps = ["lastModifiedDateTime"],
            Links =
            [
                new("timeEntries", "ticketID", "tickets", "Tickets") { Fields = TicketFields },
                new("timeEntries", "taskID", "tasks", "Tasks"),
                new("tasks", "projectID", "projects", "Projects"),
                new("tasks", "phaseID", "phases", "Phases"),
                new("timeEntries", "contractID", "contracts", "Contracts") { IsFew = true },
                new("timeEntries", "resourceID", "resources", "Resources") { Fields = ResourceFields, IsFew = true },
                new("timeEntries", "roleID", "roles", "Roles") { IsFew = true },
                new("timeEntries", "billingCodeID", "billingCodes", "BillingCodes") { IsFew = true },
                Company("tickets"),
                Company("projects"),
                Company("contracts"),
            ],
            Labels = [("Tickets", "queueID")],
            DatedBy = "dateWorked",
            Swept = RecordKind.Time,
            FollowsTickets = true,
        },
        ChargesTo("contract-charges", "contractCharges", "ContractCharges", Charges.OfContracts, new("contractCharges", "contractID", "contracts", "Contracts") { IsFew = true }),
        ChargesTo("ticket-charges", "ticketCharges", "TicketCharges", Charges.OfTickets, new("ticketCharges", "ticketID", "tickets", "Tickets") { Fields = TicketFields }),
        ChargesTo("project-charges", "projectCharges", "ProjectCharges", Charges.OfProjects, new("projectCharges", "projectID", "projects", "Projects") { IsFew = true }),
    ];

    private static Link Company(string from) => new(from, "companyID", "companies", "Companies") { IsFew = true };

    /// <summary>The units of a contract stand in one page, because what a row means can depend on the rows of the same service beside it.</summary>
    private static AutotaskFeed Units(string name, ContractUnits units, string entity, string lines, string products) => new(name, units.Units, entity, units.Read)
    {
        Around = ("contracts", "Contracts", "contractID"),
        SweptBy = "endDate",
        Links =
        [
            new("contracts", "id", units.Units, entity) { Key = "contractID", SweptBy = "endDate" },
            new("contracts", "id", units.Lines, lines) { Key = "contractID" },
            new(units.Units, units.Product, units.Products, products) { IsFew = true },
        ],
        Labels = [(products, "periodType")],
        IdPrefix = units.IdPrefix,
        Swept = RecordKind.Addition,
    };

    private static AutotaskFeed ChargesTo(string name, string list, string entity, Charges charges, Link owner) => new(name, list, entity, charges.Read)
    {
        SweptBy = "datePurchased",
        Links = [owner, Company(owner.To)],
        IdPrefix = charges.IdPrefix,
        DatedBy = "datePurchased",
        Swept = RecordKind.Expense,
    };
}
