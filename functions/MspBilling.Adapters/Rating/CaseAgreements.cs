using System.Globalization;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Rating;

/// <summary>A case's agreements in the MSP's own form; id, client and currency may be left out, as the case tells them.</summary>
internal static class CaseAgreements
{
    public static IReadOnlyList<AgreementDocument> Read(JsonRecord json, CaseClient client, IReadOnlyList<WorkCalendar> calendars)
    {
        var agreements = new List<AgreementDocument>();
        var place = 0;
        foreach (var record in json.Records("agreements"))
        {
            place++;
            var otherwise = new AgreementReader.Defaults(
                string.Create(CultureInfo.InvariantCulture, $"agreement-{place}"), client.Company.Identifier, client.Currency);
            if (AgreementReader.Read(record, otherwise) is not { } agreement)
                continue;

            if (!client.IsMeantBy(agreement.Client))
                record.Problem("client", $"this case's client, {client.Company.Identifier} or {client.Company.Name}, or none");
            if (agreement.Calendar is { } calendar && calendar != WorkCalendar.StandardName && !calendars.Any(known => known.Name == calendar))
                record.Problem("calendar", "a calendar of this case: " + string.Join(", ", calendars.Select(known => known.Name).Append(WorkCalendar.StandardName).Distinct()));
            if (agreements.Exists(other => other.BilledAs == agreement.BilledAs || other.Name == agreement.Name))
                record.Problem(record.Has("id") && !agreements.Exists(other => other.Name == agreement.Name) ? "id" : "name", "each agreement once");
            agreements.Add(agreement with { Client = client.Company.Identifier });
        }

        return agreements;
    }

    public static AgreementDocument? Named(this IReadOnlyList<AgreementDocument> agreements, string text) =>
        agreements.FirstOrDefault(agreement => agreement.BilledAs == text || agreement.Id.ExternalId == text) ?? agreements.FirstOrDefault(agreement => agreement.Name == text);
}
