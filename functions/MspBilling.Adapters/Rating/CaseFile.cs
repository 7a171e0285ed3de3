using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Rating;

/// <summary>Reads a case file: a client, agreements, rates and activities of a period, to be priced and stored nowhere.</summary>
/// <remarks>
/// The form is described by <c>case.schema.json</c>. It is read whole or not at all, and every name in it must be known: a misspelt
/// <c>minimumHours</c> would otherwise be a bill without one. What it leaves out has the default of the schema. An agreement or a project that
/// an activity names and the case does not have is no mistake of the file: what becomes of such work is for the bill to show.
/// </remarks>
public static class CaseFile
{
    /// <summary>The source of a case's records.</summary>
    internal const string Source = "case";

    /// <param name="fileName">Named in problems.</param>
    /// <returns>Never an exception for what is in the file; only for a stream that cannot be read.</returns>
    public static CaseReading Read(string fileName, Stream content)
    {
        var problems = new ProblemList(fileName);
        var @case = JsonFile.Open(content, problems)?.Root() is { } json ? Read(json) : null;
        var found = problems.Result("", []);
        return new CaseReading(found.Problems.Count == 0 ? @case : null, found.Problems, found.MoreProblems);
    }

    internal static BillingCase Read(JsonRecord json)
    {
        json.OptionalText("$schema");
        var period = json.BilledPeriod("period");
        var client = CaseClient.Read(json);
        var (rateCards, calendars, rules) = (CaseRates.Read(json, client.Currency), Calendars.Read(json), CustomRules.Read(json, "rules"));
        var projects = CaseProjects.Read(json, client.CompanyId);
        var agreements = CaseAgreements.Read(json, client, calendars);
        var activities = new CaseActivities(client, agreements, projects).Read(json);
        var carried = CaseCarried.Read(json, period, agreements);
        json.RefuseOthers();

        var settings = client.Settings with { RateCards = rateCards, Calendars = calendars, Rules = rules };
        return new BillingCase(period, Client.IdOf(client.CompanyId), client.Zone, [settings, client.Company, .. projects, .. agreements], activities, carried);
    }

    internal static RecordId Id(RecordKind kind, string id) => new(Source, kind, id);
}
