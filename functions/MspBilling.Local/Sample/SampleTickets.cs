namespace MspBilling.Local.Sample;

/// <summary>The month's tickets: what the clients asked for, and one for each part of a project that was worked on.</summary>
internal static class SampleTickets
{
    private const int FirstServiceTicket = 41_501;
    private const int FirstProjectTicket = 42_801;

    // Agreement, tickets, how much of the month's support goes there, first and last day of the month.
    private static readonly Demand[] Demands =
    [
        new(101, 10, 11), new(102, 8, 8), new(104, 6, 4, FirstDay: 12), new(105, 6, 3), new(106, 2, 4, LastDay: 6), new(107, 7, 8), new(108, 8, 8),
        new(109, 9, 9), new(110, 7, 7), new(112, 10, 11), new(113, 6, 6), new(115, 8, 8), new(116, 7, 6),
    ];

    public static IReadOnlyList<SampleTicket> Service { get; } = [.. ServiceTickets()];

    public static IReadOnlyList<SampleTicket> Project { get; } = [.. ProjectTickets()];

    /// <summary>What a technician is called for on that day. Dublin helps out in Austin; Austin seldom works for Europe.</summary>
    public static SampleTicket CalledFor(DateOnly day, SampleMember member, SampleRandom random)
    {
        var open = Demands.Where(demand => demand.FirstDay <= day.Day && day.Day <= demand.LastDay).ToList();
        var demand = random.PickBy(open, each => Numbered(each).Company.Place.InAmerica == member.InAustin ? 10 * each.Weight : 3 * each.Weight);
        var tickets = Service.Where(ticket => ticket.Agreement.Id == demand.AgreementId).ToList();

        // Tickets come one after the other through the month; a day's work is on those around its place in it.
        var place = (day.Day - demand.FirstDay) * tickets.Count / (demand.LastDay - demand.FirstDay + 1);
        return tickets[Math.Clamp(place + random.Between(-1, 1), 0, tickets.Count - 1)];
    }

    public static SampleTicket Of(SamplePhase phase) => Project.Single(ticket => ticket.Phase == phase);

    public static SampleFile File(ILookup<int, SampleTimeEntry> worked) =>
        SampleJson.Array("service-tickets.json", Service.Concat(Project).Select(ticket => Record(ticket, [.. worked[ticket.Id]])));

    private static IEnumerable<SampleTicket> ServiceTickets()
    {
        var random = new SampleRandom(41_501);
        var id = FirstServiceTicket;
        foreach (var demand in Demands)
        {
            var devices = SampleDevices.NamesOf(Numbered(demand).Company);
            for (var number = 0; number < demand.Tickets; number++)
            {
                var subject = SampleSubjects.Support[(demand.AgreementId * 3 + number * 5) % SampleSubjects.Support.Length];
                var device = random.Pick(devices);
                var summary = random.Pick(subject.Summaries).Replace("{device}", device, StringComparison.Ordinal);
                yield return new SampleTicket(id++, summary, subject, Numbered(demand), device);
            }
        }
    }

    private static IEnumerable<SampleTicket> ProjectTickets() => SampleProjects.Phases
        .Where(phase => !phase.IsMilestone)
        .Select((phase, index) => new SampleTicket(
            FirstProjectTicket + index, phase.Description, SampleSubjects.ProjectWork, SampleProjects.Numbered(phase.ProjectId).Agreement, "", phase));

    private static object Record(SampleTicket ticket, IReadOnlyList<SampleTimeEntry> entries)
    {
        var last = entries.Count == 0 ? new DateTime(2024, 9, 2, 8, 0, 0, DateTimeKind.Utc) : entries.Max(entry => entry.End);

        // A support ticket is closed after its last entry; what was touched in the last days is still open.
        var closed = ticket.Phase?.IsCompleted ?? last < new DateTime(2024, 9, 27, 0, 0, 0, DateTimeKind.Utc);
        return new
        {
            ticket.Id,
            ticket.Summary,
            RecordType = ticket.Phase is null ? "ServiceTicket" : "ProjectTicket",
            Board = ticket.Subject.Board,
            Status = closed ? new Reference(9, "Closed") : new Reference(4, "In Progress"),
            Company = ticket.Agreement.Company.Reference,
            Agreement = new Reference(ticket.Agreement.Id, ticket.Agreement.Name),
            BillTime = "Billable",
            ActualHours = entries.Sum(entry => entry.ActualHours),
            BudgetHours = ticket.Phase?.BudgetHours ?? 0m,
            ClosedFlag = closed,
            ClosedDate = closed ? SampleJson.Instant(last.AddMinutes(10)) : null,
            _info = SampleJson.RevisedAt(last.AddMinutes(10)),
        };
    }

    private static SampleAgreement Numbered(Demand demand) => SampleAgreements.Numbered(demand.AgreementId);

    private sealed record Demand(int AgreementId, int Tickets, int Weight, int FirstDay = 1, int LastDay = 30);
}

/// <summary>A ticket; a support ticket is about one device, one of a project about a phase.</summary>
internal sealed record SampleTicket(int Id, string Summary, SampleSubject Subject, SampleAgreement Agreement, string Device, SamplePhase? Phase = null);
