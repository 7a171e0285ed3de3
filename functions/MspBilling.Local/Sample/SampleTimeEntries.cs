using MspBilling.Core;

namespace MspBilling.Local.Sample;

/// <summary>The month's time: the working days of nine technicians and the odd cases, with the state of their approval.</summary>
internal static class SampleTimeEntries
{
    private const int FirstId = 80_001;

    public static IReadOnlyList<SampleTimeEntry> All { get; } = [.. Numbered(), .. SampleOddEntries.All];

    public static SampleFile File() => SampleJson.Array("time-entries.json", All.Select(Record));

    private static IEnumerable<SampleTimeEntry> Numbered()
    {
        var entries = SampleMembers.All.SelectMany(SampleWorkdays.Of).OrderBy(entry => entry.Start).ThenBy(entry => entry.Member.Id).ToList();
        var ofClients = entries.Where(entry => entry.Agreement is not null).ToList();
        var states = States(ofClients);
        return entries.Select((entry, index) => entry with { Id = FirstId + index, Status = states.GetValueOrDefault(entry, Approved(index)) });
    }

    /// <summary>Late in the month not everything is approved yet; three entries of the second week were written off.</summary>
    private static Dictionary<SampleTimeEntry, string> States(IReadOnlyList<SampleTimeEntry> entries)
    {
        var late = entries.Where(entry => entry.Start.Day >= 24).ToList();
        var second = entries.Where(entry => entry.Start.Day is >= 9 and <= 13 && entry.BillableOption == "Billable").ToList();
        var states = new Dictionary<SampleTimeEntry, string>();
        for (var number = 0; number < 25; number++)
            states[late[(number * 7) + 3]] = "PendingApproval";
        for (var number = 0; number < 4; number++)
            states[late[(number * 28) + 5]] = "Open";
        for (var number = 0; number < 3; number++)
        {
            states[late[(number * 35) + 8]] = "Rejected";
            states[second[(number * 40) + 11]] = "WrittenOff";
        }

        return states;
    }

    private static string Approved(int index) => index % 10 < 7 ? "ApprovedByTierTwo" : "ReadyToBill";

    private static object Record(SampleTimeEntry entry)
    {
        var entered = entry.End.AddMinutes(1 + (entry.Id % 17));
        var project = entry.Ticket?.Phase is { } phase ? SampleProjects.Numbered(phase.ProjectId) : null;
        return new
        {
            entry.Id,
            Company = entry.Company.Reference,
            ChargeToId = entry.Ticket?.Id ?? 12,
            ChargeToType = entry.Ticket is null ? "ChargeCode" : project is null ? "ServiceTicket" : "ProjectTicket",
            Member = entry.Member.Reference,
            LocationId = entry.Member.InAustin ? 3 : 2,
            BusinessUnitId = 10,
            WorkType = entry.AfterHours ? new Reference(3, "After hours") : new Reference(1, "Remote"),
            WorkRole = entry.Member.Role.Reference,
            Agreement = entry.Agreement is { } agreement ? new { agreement.Id, agreement.Name, agreement.Type } : null,
            TimeStart = SampleJson.Instant(entry.Start),
            TimeEnd = SampleJson.Instant(entry.End),
            entry.HoursDeduct,
            entry.ActualHours,
            entry.BillableOption,
            entry.Notes,
            EnteredBy = entry.Member.Identifier,
            DateEntered = SampleJson.Instant(entered),
            Project = project is null ? null : new Reference(project.Id, project.Name),
            Phase = entry.Ticket?.Phase is { } part ? new Reference(part.Id, part.Description) : null,
            Ticket = entry.Ticket is { } ticket ? new { ticket.Id, ticket.Summary } : null,
            entry.Status,
            _info = SampleJson.RevisedAt(entered.AddHours(16), entry.Status is "Open" or "PendingApproval" ? entry.Member.Identifier : "EWHITFIELD"),
        };
    }
}

internal sealed record SampleTimeEntry(
    SampleMember Member, SampleCompany Company, SampleAgreement? Agreement, SampleTicket? Ticket, DateTime Start, DateTime End, decimal HoursDeduct,
    string BillableOption, string Notes, bool AfterHours = false)
{
    public int Id { get; init; }

    public string Status { get; init; } = "ReadyToBill";

    /// <summary>Start to end less the break, to two places, as ConnectWise shows it: 100 minutes are 1.67.</summary>
    public decimal ActualHours => Rounding.ToPlaces(((End - Start).Ticks / (decimal)TimeSpan.TicksPerHour) - HoursDeduct, 2);
}
