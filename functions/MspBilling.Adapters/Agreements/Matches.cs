using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Conditions on an activity: the <c>match</c> of a line and of a rule.</summary>
internal static class Matches
{
    public static ActivityMatch? ReadOptional(JsonRecord json) => json.OptionalRecord("match") is { } match ? Of(match) : null;

    public static ActivityMatch Read(JsonRecord json) => json.Record("match") is { } match ? Of(match) : new ActivityMatch();

    private static ActivityMatch Of(JsonRecord json)
    {
        var match = new ActivityMatch
        {
            Kinds = json.OptionalChoices<ActivityKind>("kinds"),
            Clients = json.OptionalTexts("clients"),
            People = json.OptionalTexts("people"),
            Roles = json.OptionalTexts("roles"),
            WorkTypes = json.OptionalTexts("workTypes"),
            Boards = json.OptionalTexts("boards"),
            Projects = json.OptionalTexts("projects"),
            Phases = json.OptionalTexts("phases"),
            Skus = json.OptionalTexts("skus"),
            DeviceTypes = json.OptionalTexts("deviceTypes"),
            Providers = json.OptionalTexts("providers"),
            CloudServices = json.OptionalTexts("cloudServices"),
            Accounts = json.OptionalTexts("accounts"),
            Categories = json.OptionalTexts("categories"),
            Tags = json.OptionalTexts("tags"),
            Weekdays = json.OptionalChoices<DayOfWeek>("weekdays"),
            TimeOfDay = json.OptionalRecord("timeOfDay") is { } time ? SpanOf(time) : null,
        };
        json.RefuseOthers();
        return match;
    }

    private static TimeOfDay SpanOf(JsonRecord json)
    {
        var before = json.Problems;
        var span = new TimeOfDay(json.TimeOfDay("from"), json.TimeOfDay("to"));
        if (span.From == span.To && json.Problems == before)
            json.Problem("to", "another time than from");
        json.RefuseOthers();
        return span;
    }
}
