namespace MspBilling.Local.Sample;

/// <summary>Entries that a month brings beside office hours: nights, a Saturday, the edges of the month, and records that point nowhere.</summary>
internal static class SampleOddEntries
{
    private static readonly DateTime Midnight = new(2024, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    public static IReadOnlyList<SampleTimeEntry> All { get; } =
    [
        // After hours.
        Late(90_001, "DMURPHY", 101, At(4, 18, 30), 75, "Core switch at the warehouse down; replaced the power supply on site."),
        Late(90_002, "SOSULLIVAN", 109, At(10, 19, 0), 120, "Firmware of both firewalls, agreed maintenance window."),
        Late(90_003, "MNOWAK", 108, At(17, 19, 15), 95, "Cold store monitoring alarmed; restarted the gateway and checked the sensors."),
        Late(90_004, "JRAMIREZ", 112, At(19, 1, 0), 90, "Emergency clinic offline; failed over to the mobile line."),
        Late(90_005, "SOSULLIVAN", 107, At(26, 20, 0), 60, "Database of the practice software moved to the new volume after closing time."),

        // Saturday the 21st.
        Late(90_011, "DMURPHY", 101, At(21, 8, 0), 150, "Moved two racks to the new comms room.", pause: 0.25m),
        Late(90_012, "MNOWAK", 105, At(21, 9, 0), 80, "Server patching with restart while the office is closed."),
        Late(90_013, "JRAMIREZ", 115, At(21, 15, 0), 135, "Storage firmware on both lab hosts."),

        // Around midnight. Austin is five hours behind UTC: this is still 30 September there.
        Late(90_021, "KTHOMPSON", 112, At(31, 3, 0), 40, "Night vet could not sign in; reset the second factor."),
        // Begins on 30 September at 23:30 in Austin and ends on 1 October.
        Late(90_022, "JRAMIREZ", 115, At(31, 4, 30), 60, "Nightly build server stuck; cleared the queue and watched one run."),
        // 31 August, 21:00 in Austin: August's work, entered late.
        Late(90_023, "KTHOMPSON", 116, At(1, 2, 0), 30, "Plotter offline before a Sunday deadline; restarted the print service."),
        // 1 September, 00:15 in Dublin.
        Late(90_024, "DMURPHY", 101, At(0, 23, 15), 45, "Dispatch screen frozen on the night shift."),
        // 1 October, 00:10 in Dublin: not September's.
        Late(90_025, "MNOWAK", 108, At(30, 23, 10), 35, "Freezer alarm again; muted the faulty sensor until the morning."),
        // 1 October, 00:15 in Hamburg, though 30 September in the technician's Dublin.
        Late(90_026, "SOSULLIVAN", 109, At(30, 22, 15), 50, "Quarter-end mail run blocked; raised the sending limit."),

        // Charged to a company that is in no list.
        Unknown(90_031, "NKELLY", At(5, 6, 20), 30, "Practice rang about a locked account; helped, client record to be made."),
        Unknown(90_032, "TBAUER", At(11, 6, 15), 45, "Set up scanning for the reception."),
        Unknown(90_033, "NKELLY", At(18, 6, 30), 20, "Question about Microsoft 365 prices."),

        // No agreement chosen.
        Loose(90_041, "TBAUER", "CORRIB", At(6, 6, 20), 40, "Helped with a till at the new shop; not sure which agreement."),
        Loose(90_042, "DMURPHY", "ZOLWLOG", At(12, 6, 15), 60, "Looked at the alarm system's network; sold separately?"),
        Loose(90_043, "KTHOMPSON", "BARTON", At(16, 12, 15), 30, "Taproom tablet does not charge; ordered a cable."),
        Loose(90_044, "MNOWAK", "ISARTON", At(24, 6, 10), 50, "Fragen zum neuen Standort in Augsburg; Angebot folgt."),
    ];

    /// <summary>A UTC time of a day in September; day 0 is 31 August and day 31 is 1 October.</summary>
    private static DateTime At(int day, int hour, int minute) => Midnight.AddDays(day - 1).AddHours(hour).AddMinutes(minute);

    private static SampleTimeEntry Late(int id, string member, int agreementId, DateTime start, int minutes, string notes, decimal pause = 0)
    {
        var agreement = SampleAgreements.Numbered(agreementId);
        var ticket = SampleTickets.Service.Last(each => each.Agreement == agreement);
        return Entry(id, member, agreement.Company, start, minutes, notes) with
        {
            Agreement = agreement,
            Ticket = ticket,
            HoursDeduct = pause,
            AfterHours = true,
        };
    }

    private static SampleTimeEntry Unknown(int id, string member, DateTime start, int minutes, string notes) =>
        Entry(id, member, SampleCompanies.Unknown, start, minutes, notes);

    private static SampleTimeEntry Loose(int id, string member, string client, DateTime start, int minutes, string notes) =>
        Entry(id, member, SampleCompanies.Named(client), start, minutes, notes);

    private static SampleTimeEntry Entry(int id, string member, SampleCompany company, DateTime start, int minutes, string notes) =>
        new(SampleMembers.Named(member), company, null, null, start, start.AddMinutes(minutes), 0m, "Billable", notes) { Id = id };
}
