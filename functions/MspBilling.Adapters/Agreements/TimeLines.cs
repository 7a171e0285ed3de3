using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Lines of the kind <c>time</c>.</summary>
internal static class TimeLines
{
    private const decimal HoursOfDay = 24;
    private const decimal HoursOfWeek = 168;

    public static TimeLine Read(JsonRecord json, LineHead head) => new()
    {
        Id = head.Id,
        Service = head.Service,
        Description = head.Description,
        Match = head.Match,
        Rates = RateCards.Rates(json),
        MinimumHours = json.OptionalNumber("minimumHours", 0, HoursOfDay) ?? 0,
        IncrementHours = json.OptionalAbove0("incrementHours", HoursOfDay),
        RoundedBy = json.Choice("roundedBy", RoundingScope.Entry),
        AfterHoursFactor = json.OptionalFactor("afterHoursFactor"),
        WeekendFactor = json.OptionalFactor("weekendFactor"),
        HolidayFactor = json.OptionalFactor("holidayFactor"),
        Overtime = json.OptionalRecord("overtime") is { } overtime ? OvertimeOf(overtime) : null,
        Travel = json.OptionalRecord("travel") is { } travel ? TravelOf(travel) : null,
        Caps = Caps(json),
    };

    private static Overtime OvertimeOf(JsonRecord json)
    {
        var overtime = new Overtime(json.OptionalAbove0("dailyHours", HoursOfDay), json.OptionalAbove0("weeklyHours", HoursOfWeek), json.Factor("factor"));
        if (!json.Has("dailyHours") && !json.Has("weeklyHours"))
            json.Problem("dailyHours", "at least one of dailyHours, weeklyHours");
        json.RefuseOthers();
        return overtime;
    }

    private static Travel TravelOf(JsonRecord json)
    {
        var travel = new Travel(
            json.NonEmptyTexts("workTypes"), json.OptionalFactor("factor"), json.OptionalNumber("hourlyPrice", 0), json.OptionalNumber("pricePerTrip", 0), json.Flag("isIncluded"));
        json.ExactlyOne("factor", "factor", "hourlyPrice", "pricePerTrip", "isIncluded");
        json.RefuseOthers();
        return travel;
    }

    private static List<TimeCap> Caps(JsonRecord json)
    {
        var caps = new List<TimeCap>();
        foreach (var record in json.Records("caps"))
        {
            var before = record.Problems;
            var cap = new TimeCap(record.Choice<CapScope>("scope"), record.Number("amount", 0), record.OptionalText("subject"));
            record.RefuseOthers();
            if (record.Problems == before)
            {
                if (cap is { Scope: CapScope.Month, Subject: not null })
                    record.Problem("subject", "no subject, as a month is of all tickets and projects");
                else if (caps.Exists(other => other.Scope == cap.Scope && string.Equals(other.Subject, cap.Subject, StringComparison.OrdinalIgnoreCase)))
                    record.Problem("scope", "each cap once");
            }

            caps.Add(cap);
        }

        return caps;
    }
}
