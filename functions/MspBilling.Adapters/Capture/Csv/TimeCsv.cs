using System.Globalization;
using MspBilling.Core.Capture;
using static MspBilling.Adapters.Capture.Csv.CsvColumn;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Time entries, a row each.</summary>
/// <remarks>
/// A row has a date, or a start with a date, and hours or an end. Without a time of day work is taken to be at noon of its date; a
/// time without an offset is of the declared zone. Without a status it is approved, which the settings call <c>Approved</c>. Without an id an entry is
/// called by its client, agreement, person, date, start, ticket, project, phase and work type.
/// </remarks>
internal static class TimeCsv
{
    public const string Format = "time-csv";

    private const string Approved = "Approved";
    private const string MomentWords = "a time like 2024-09-18T09:00";

    private static readonly CsvColumn Id = Optional("id", "entry id", "time entry id");
    private static readonly CsvColumn Source = Optional("source");
    private static readonly CsvColumn Company = Required("client", "customer", "company");
    private static readonly CsvColumn CompanyName = Optional("client name", "customer name", "company name");
    private static readonly CsvColumn Agreement = Optional("agreement", "contract");
    private static readonly CsvColumn Person = Required("person", "user", "technician", "member", "employee", "resource");
    private static readonly CsvColumn Role = Optional("role", "work role");
    private static readonly CsvColumn WorkType = Optional("work type", "activity");
    private static readonly CsvColumn Date = Optional("date", "day", "start date");
    private static readonly CsvColumn Start = Optional("start", "start time", "started");
    private static readonly CsvColumn EndDate = Optional("end date");
    private static readonly CsvColumn End = Optional("end", "end time", "ended");
    private static readonly CsvColumn Hours = Optional("hours", "duration", "time spent");
    private static readonly CsvColumn Billable = Optional("billable");
    private static readonly CsvColumn Status = Optional("status", "approval");
    private static readonly CsvColumn Ticket = Optional("ticket", "ticket id", "ticket number");
    private static readonly CsvColumn TicketSummary = Optional("ticket summary", "ticket title");
    private static readonly CsvColumn Board = Optional("board", "queue");
    private static readonly CsvColumn Project = Optional("project");
    private static readonly CsvColumn Phase = Optional("phase", "task");
    private static readonly CsvColumn Notes = Optional("notes", "description", "comment");
    private static readonly CsvColumn Tags = Optional("tags");
    private static readonly CsvColumn Changed = Optional("changed", "updated", "last updated");

    public static CsvSchema Schema { get; } = new(
        Format,
        [Id, Source, Company, CompanyName, Agreement, Person, Role, WorkType, Date, Start, EndDate, End, Hours, Billable, Status, Ticket, TicketSummary, Board, Project, Phase, Notes, Tags, Changed],
        [[Date, Start], [Hours, End]]);

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, CsvDialect dialect)
    {
        var records = new CsvRecords(problems);
        foreach (var row in CsvTable.Open(content, problems, dialect, Schema)?.Rows() ?? [])
            records.Add(row, Id, ReadRow(row, records));
        return records.All;
    }

    private static TimeEntry ReadRow(CsvRow row, CsvRecords records)
    {
        var (client, person) = (row.Id(Company) ?? "", row.Id(Person) ?? "");
        var (role, project) = (row.Id(Role), row.Id(Project));
        var (agreement, workType, ticket, phase) = (row.Id(Agreement), row.Text(WorkType), row.Id(Ticket), row.Text(Phase));
        var (start, started) = StartOf(row);
        var end = EndOf(row, start, started);
        return new TimeEntry
        {
            Id = records.IdOf(row, RecordKind.Time, Id, Source, client, agreement, person, Named(start), ticket, project, phase, workType),
            Revision = row.Moment(Changed, MomentWords) is { } changed ? InstantOf(row, Changed, changed) : null,
            CompanyId = client,
            CompanyName = row.Text(CompanyName) ?? client,
            AgreementId = agreement,
            TechnicianId = person,
            TechnicianName = person,
            RoleId = role,
            RoleName = role,
            WorkType = workType,
            Start = started,
            End = end,
            Hours = HoursOf(row, started, end),
            Option = row.Billable(Billable),
            Status = row.Text(Status) ?? Approved,
            TicketId = ticket,
            TicketSummary = row.Text(TicketSummary),
            Board = row.Text(Board),
            ProjectId = project,
            ProjectName = project,
            PhaseName = phase,
            Notes = row.Text(Notes),
            Tags = row.Texts(Tags),
        };
    }

    /// <summary>The time as it was written.</summary>
    private static string Named(CsvMoment moment) => string.Create(
        CultureInfo.InvariantCulture, $"{moment.Day:yyyy-MM-dd}{(moment.Time is { } time ? time.ToString(" HH:mm:ss", CultureInfo.InvariantCulture) : "")}{moment.Offset}");

    private static (CsvMoment Written, DateTimeOffset Instant) StartOf(CsvRow row)
    {
        var day = row.Day(Date);
        CsvMoment? written = null;
        var column = row.Has(Start) ? Start : Date;
        if (row.Has(Start))
        {
            written = MomentOf(row, Start, day, Date);
            if (written is { } both && day is { } said && both.Day != said)
                row.Problem(Start, string.Create(CultureInfo.InvariantCulture, $"a time on {said:yyyy-MM-dd}, which the date says"));
        }
        else if (day is { } only)
        {
            written = new CsvMoment(only, null, null);
        }
        else if (!row.Has(Date))
        {
            row.Problem(Date, "a date like 2024-09-18, or a start");
        }

        return written is { } moment ? (moment, InstantOf(row, column, moment)) : default;
    }

    private static DateTimeOffset? EndOf(CsvRow row, CsvMoment start, DateTimeOffset started)
    {
        var day = row.Day(EndDate);
        if (!row.Has(End) || row.IsWrong)
        {
            if (row.Has(EndDate) && !row.Has(End))
                row.Problem(End, "a time, as there is an end date");
            return null;
        }

        if (start.Time is null)
        {
            row.Problem(End, "no end without a start");
            return null;
        }

        if (MomentOf(row, End, day ?? start.Day, EndDate) is not { } written)
            return null;

        // Work over midnight ends on the next day, where only the time of day is told.
        var isTimeAlone = day is null && CsvDates.TryTimeOfDay(row.Text(End) ?? "", out _);
        if (isTimeAlone && written.Time <= start.Time)
            written = written with { Day = written.Day.AddDays(1) };
        if (isTimeAlone)
            written = written with { Offset = start.Offset };

        var ended = InstantOf(row, End, written);
        if (ended > started || row.IsWrong)
            return row.IsWrong ? null : ended;

        row.Problem(End, "a time after the start");
        return null;
    }

    private static decimal HoursOf(CsvRow row, DateTimeOffset started, DateTimeOffset? ended)
    {
        if (row.Hours(Hours) is { } hours)
            return hours;

        if (ended is { } end)
            return Core.Rounding.ToPlaces((decimal)(end - started).Ticks / TimeSpan.TicksPerHour, 10);

        if (!row.IsWrong)
            row.Problem(Hours, "hours as 1:30 or 1.5, or a start and an end");
        return 0;
    }

    /// <summary>A date with a time, or a time alone where the date stands in a column of its own.</summary>
    private static CsvMoment? MomentOf(CsvRow row, CsvColumn column, DateOnly? day, CsvColumn dayColumn)
    {
        if (row.Text(column) is { } text && CsvDates.TryTimeOfDay(text, out var time))
        {
            if (day is not null)
                return new CsvMoment(day.Value, time, null);

            if (!row.Has(dayColumn))
                row.Problem(column, MomentWords + ", as there is no date beside it");
            return null;
        }

        return row.Moment(column, MomentWords);
    }

    private static DateTimeOffset InstantOf(CsvRow row, CsvColumn column, CsvMoment moment)
    {
        var local = moment.Day.ToDateTime(moment.Time ?? new TimeOnly(12, 0));
        if (moment.Offset is { } offset)
            return new DateTimeOffset(local, offset);

        if (row.Dialect.Zone is not { } zone)
            row.Problem(column, "a time with its offset, like 2024-09-18T09:00+02:00; for dates and local times declare the time zone, such as zone Europe/Berlin");
        else if (zone.IsInvalidTime(local))
            row.Problem(column, $"a time that there is in {zone.Id}: the clock is put forward over this one");
        else if (zone.IsAmbiguousTime(local))
            row.Problem(column, $"a time with its offset, as the clock in {zone.Id} is put back and shows this one twice");
        else
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return default;
    }
}
