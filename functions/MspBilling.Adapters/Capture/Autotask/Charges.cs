using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>ContractCharges</c>, <c>TicketCharges</c> and <c>ProjectCharges</c>: products and other costs, on the day on which they were purchased.</summary>
/// <remarks>
/// The company is that of the contract, ticket or project; its currency is the amounts'. What Autotask has billed is not billed again. Without a unit
/// price the agreement's mark-up on the cost holds.
/// </remarks>
/// <param name="Owner">The list in a page whose rows charges are made to.</param>
/// <param name="Reference">The field of a charge that names one of them.</param>
internal sealed record Charges(string Owner, string Reference, string IdPrefix)
{
    public static Charges OfContracts { get; } = new("contracts", "contractID", "contract-");

    public static Charges OfTickets { get; } = new("tickets", "ticketID", "ticket-");

    public static Charges OfProjects { get; } = new("projects", "projectID", "project-");

    public Expense Read(AutotaskRow row, AutotaskPage page)
    {
        var ownerId = row.IdText(Reference);
        var companyId = page.Find(Owner, ownerId)?.Id("companyID");
        var company = page.Find("companies", companyId);
        return new Expense
        {
            Id = row.RecordId(RecordKind.Expense, IdPrefix),
            CompanyId = companyId ?? "unknown",
            CompanyName = companyId is null ? $"of {Reference[..^2]} {ownerId}, which Autotask does not show" : company?.OptionalText("companyName") ?? "",
            AgreementId = row.Id("contractID"),
            Day = row.Date("datePurchased"),
            Description = row.Text("name"),
            TicketId = this == OfTickets ? ownerId : null,
            ProjectId = this == OfProjects ? ownerId : null,
            Quantity = row.Number("unitQuantity") ?? 1,
            UnitPrice = row.Number("unitPrice"),
            UnitCost = row.Number("unitCost"),
            Currency = page.CurrencyOf(row, company),
            Option = row.Flag("isBilled") ? BillingOption.BilledElsewhere : row.Flag("isBillableToCompany") ? BillingOption.Billable : BillingOption.DoNotBill,
        };
    }
}
