using System.Globalization;

namespace MspBilling.Local.Sample;

/// <summary>A technician's weekdays: from about half past eight, one thing after the other, six to eight hours.</summary>
internal static class SampleWorkdays
{
    private const int Noon = (12 * 60) + 15;

    private static readonly DateOnly LaborDay = new(2024, 9, 2);

    // Minutes. The service desk does many short things, the others fewer and longer ones.
    private static readonly int[] Short = [12, 15, 17, 20, 25, 28, 30, 35, 38, 45, 50, 55, 60, 75, 90, 105];
    private static readonly int[] Long = [20, 25, 30, 35, 40, 45, 50, 60, 62, 75, 90, 105, 120, 150];

    public static IEnumerable<SampleTimeEntry> Of(SampleMember member)
    {
        var random = new SampleRandom(20_240_900UL + (ulong)member.Id);
        for (var day = new DateOnly(2024, 9, 1); day.Month == 9; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || (member.InAustin && day == LaborDay))
                continue;
            foreach (var entry in Day(member, day, random))
                yield return entry;
        }
    }

    private static IEnumerable<SampleTimeEntry> Day(SampleMember member, DateOnly day, SampleRandom random)
    {
        var minute = (8 * 60) + 30 + (5 * random.Below(7));
        var left = random.Between(400, 455);
        var eaten = false;
        while (left >= 10)
        {
            if (!eaten && minute >= Noon)
            {
                minute += 30 + (5 * random.Below(4));
                eaten = true;
            }

            var minutes = Math.Min(random.Pick(member.Role == SampleMembers.ServiceDesk ? Short : Long), left);
            yield return Work(member, day, minute, minutes, random);
            left -= minutes;
            minute += minutes + random.Pick([0, 0, 0, 5, 5, 10]);
        }
    }

    private static SampleTimeEntry Work(SampleMember member, DateOnly day, int minute, int minutes, SampleRandom random)
    {
        var start = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddHours(-member.HoursFromUtc).AddMinutes(minute);
        var end = start.AddMinutes(minutes);
        var pause = minutes >= 105 && random.Chance(20) ? 0.25m : 0m;

        if (random.Chance(member.Role == SampleMembers.ProjectManager ? 30 : 16))
        {
            var internalNote = Filled(random.Pick(SampleSubjects.Internal), SampleCompanies.Harbourlight, "", random);
            return new SampleTimeEntry(member, SampleCompanies.Harbourlight, null, null, start, end, pause, "DoNotBill", internalNote);
        }

        var ticket = random.Chance(ShareOfProjects(member.Role)) ? OfProject(member, day, random) : SampleTickets.CalledFor(day, member, random);
        var company = ticket.Agreement.Company;
        var notes = Filled(random.Pick(Templates(member, ticket)), company, ticket.Device, random);
        var billable = random.Below(100) switch { < 7 => "NoCharge", < 10 => "DoNotBill", _ => "Billable" };
        return new SampleTimeEntry(member, company, ticket.Agreement, ticket, start, end, pause, billable, notes);
    }

    private static string[] Templates(SampleMember member, SampleTicket ticket) =>
        member.Role == SampleMembers.ProjectManager ? SampleSubjects.ProjectLead : ticket.Subject.Notes;

    private static int ShareOfProjects(SampleRole role) => role.Name switch
    {
        "Service Desk" => 0,
        "Engineer" => 25,
        "Senior Engineer" => 40,
        _ => 100,
    };

    private static SampleTicket OfProject(SampleMember member, DateOnly day, SampleRandom random)
    {
        var running = SampleProjects.All.Where(project => project.Start <= day && day <= project.End).ToList();
        var project = random.PickBy(running, each => each.Agreement.Company.Place.InAmerica == member.InAustin ? 5 * each.Weight : 2 * each.Weight);
        return SampleTickets.Of(SampleProjects.WorkedOn(project, day));
    }

    private static string Filled(string note, SampleCompany company, string device, SampleRandom random) => note
        .Replace("{user}", random.Pick(SampleSubjects.UsersOf(company)), StringComparison.Ordinal)
        .Replace("{device}", device, StringComparison.Ordinal)
        .Replace("{n}", random.Between(3, 24).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
