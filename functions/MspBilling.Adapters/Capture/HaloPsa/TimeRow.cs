using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>An action's time, whichever of Halo's two lists told it, and the entries that are made of it.</summary>
/// <remarks>
/// <para>Hours are those that were worked (<c>timetaken</c>). What Halo makes of them (<c>timetakenadjusted</c>, <c>actionchargehours</c>, <c>actionnonchargehours</c>) is
/// left: the first is rounded by its own minimum and increment, which would charge time twice over, and the others say what its own contracts cover,
/// which is ours to find. In many tenants they are empty (public Halo report library, stored file 58898643734).</para>
/// <para>Of the hours, the technician's own non-billable part (<c>nonbilltime</c>) is an entry of its own that is not billed, and travel is one of work type
/// Travel: 2.00 h taken with 0.50 not billable and 0.75 of travel are 1.50, 0.50 and 0.75. All of an action is not billed where its charge rate is one of the non-billable, or where
/// it is marked so (<c>actisbillable</c>).</para>
/// <para>The id is <c>ticket/action</c>, as an action's number is its own only within its ticket, with <c>/non-billable</c> and <c>/travel</c> behind it for the other two.
/// Company and agreement are the ticket's, unless the action names an agreement; Halo stores that one with a minus sign at times.</para>
/// </remarks>
internal sealed record TimeRow
{
    public const string Approved = "Approved";
    public const string Unapproved = "Unapproved";
    public const string NonBillablePart = "/non-billable";
    public const string TravelPart = "/travel";
    private const int MostLevels = 5;

    public const decimal MostHours = 10_000;

    public required HaloPage Page { get; init; }

    public required string TicketId { get; init; }

    public required string ActionId { get; init; }

    public required DateTimeOffset? Revision { get; init; }

    public required JsonRecord? Ticket { get; init; }

    /// <summary>The client of a ticket that is not at hand.</summary>
    public string? ClientId { get; init; }

    public string? ClientName { get; init; }

    public string? ContractId { get; init; }

    public required string? AgentId { get; init; }

    public string? AgentName { get; init; }

    public string? ProjectId { get; init; }

    public string? ChargeRate { get; init; }

    public string? TravelChargeRate { get; init; }

    public bool IsMarkedNonBillable { get; init; }

    public required DateTimeOffset Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public required decimal Hours { get; init; }

    public decimal NonBillableHours { get; init; }

    public decimal TravelHours { get; init; }

    public string? InvoiceNumber { get; init; }

    public string? TravelInvoiceNumber { get; init; }

    public bool IsApproved { get; init; } = true;

    public string? WorkType { get; init; }

    public string? Subject { get; init; }

    public string? Notes { get; init; }

    private HaloReading Reading => Page.Reading;

    public TimeEntry Work() => Entry("", Hours - NonBillableHours - (Reading.TravelIsSeparate ? 0 : TravelHours), ChargeRate, InvoiceNumber) with { End = End };

    public TimeEntry? NonBillable() => NonBillableHours == 0 ? null : Entry(NonBillablePart, NonBillableHours, ChargeRate, InvoiceNumber) with { Option = BillingOption.DoNotBill };

    public TimeEntry? Travel() => TravelHours == 0 ? null : Entry(TravelPart, TravelHours, TravelChargeRate ?? ChargeRate, TravelInvoiceNumber ?? InvoiceNumber) with { WorkType = "Travel" };

    /// <summary>The project of the ticket: itself, or the nearest above it.</summary>
    public static JsonRecord? ProjectOf(HaloPage page, JsonRecord? ticket)
    {
        for (var level = 0; level < MostLevels && ticket is not null; level++)
        {
            if (ticket.Flag("is_project"))
                return ticket;
            ticket = page.Find(HaloPage.Tickets, ticket.OptionalId("parent_id"));
        }

        return null;
    }

    private TimeEntry Entry(string part, decimal hours, string? chargeRate, string? invoiceNumber)
    {
        var client = Ticket?.OptionalId("client_id") ?? ClientId ?? "0";
        var role = chargeRate is null or "0" || chargeRate[0] == '-' ? null : chargeRate;
        var agent = AgentId ?? "0";
        var project = ProjectOf(Page, Ticket);
        var isNonBillable = IsMarkedNonBillable || (chargeRate is not null && Reading.NonBillableChargeRates.Contains(role is null ? "0" : chargeRate));
        return new TimeEntry
        {
            Id = HaloFields.RecordId(RecordKind.Time, $"{TicketId}/{ActionId}{part}"),
            Revision = Revision,
            CompanyId = client,
            CompanyName = Page.Find(HaloPage.Clients, client)?.OptionalText("name") ?? Ticket?.OptionalText("client_name") ?? ClientName ?? "client " + client,
            AgreementId = ContractId ?? Ticket?.OptionalId("contract_id"),
            TechnicianId = agent,
            TechnicianName = Page.Find(HaloPage.Agents, agent)?.OptionalText("name") ?? AgentName ?? "agent " + agent,
            RoleId = role,
            RoleName = role is null ? null : Page.ChargeRateName(role),
            WorkType = WorkType,
            Start = Start,
            Hours = hours,
            Option = invoiceNumber is not null && !Reading.IsOurs(invoiceNumber) ? BillingOption.BilledElsewhere : isNonBillable ? BillingOption.DoNotBill : BillingOption.Default,
            Status = IsApproved ? Approved : Unapproved,
            TicketId = TicketId,
            TicketSummary = Ticket?.OptionalText("summary") ?? Subject,
            Board = Ticket?.OptionalText("tickettype_name"),
            ProjectId = project?.IdText("id") ?? ProjectId,
            ProjectName = project?.OptionalText("summary"),
            PhaseName = Ticket?.OptionalText("milestone_name"),
            Notes = Notes,
        };
    }
}
