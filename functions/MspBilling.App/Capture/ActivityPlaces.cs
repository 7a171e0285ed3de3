using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>Whether references say otherwise than before whose an activity is, or in which month it falls.</summary>
/// <remarks>What is new among the references is no move: until now nobody was known for its activities.</remarks>
internal static class ActivityPlaces
{
    /// <summary>Whether a record says whose activities are, or in which month they fall.</summary>
    public static bool Tells(CapturedRecord record) => record is MspSettings or Company or PsaAgreement or Project or Mapping { What: MappedThing.Client or MappedThing.Account };

    public static bool HaveMoved(IReadOnlyCollection<CapturedRecord> before, IReadOnlyCollection<CapturedRecord> now)
    {
        var (old, current) = (Of(before), Of(now));
        return old.Any(place => current.GetValueOrDefault(place.Key) != place.Value) || HasMeaningChanged(before, now);
    }

    // A mapping of a name that meant nobody moves nothing: what has it is unassigned. One that had a meaning, by itself or by another mapping, may move.
    private static bool HasMeaningChanged(IReadOnlyCollection<CapturedRecord> before, IReadOnlyCollection<CapturedRecord> now)
    {
        var old = before.OfType<Mapping>().ToHashSet();
        var changed = now.OfType<Mapping>().Where(mapping => mapping.What is MappedThing.Client or MappedThing.Account && !old.Contains(mapping)).ToList();
        if (changed.Count == 0)
        {
            return false;
        }

        var (then, today) = (ClientDirectory.Of(before), ClientDirectory.Of(now));
        return changed.Exists(mapping => then.Meant(mapping.What, mapping.Source, mapping.From) is { } meant && today.Meant(mapping.What, mapping.Source, mapping.From) != meant);
    }

    private static Dictionary<string, string> Of(IReadOnlyCollection<CapturedRecord> records)
    {
        var settings = records.OfType<MspSettings>().SingleOrDefault();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in records.OrderBy(record => record.Id.ExternalId, StringComparer.Ordinal))
        {
            switch (record)
            {
                case PsaAgreement agreement:
                    places[$"agreement {agreement.Id.ExternalId}"] = agreement.CompanyId;
                    break;
                case Project project:
                    places[$"project {project.Id.ExternalId}"] = project.CompanyId;
                    break;
                case Company company:
                    places[$"company named {company.Name.ToUpperInvariant()}"] = places.GetValueOrDefault($"company named {company.Name.ToUpperInvariant()}") + " " + company.Id.ExternalId;
                    places[$"company called {company.Identifier.ToUpperInvariant()}"] = places.GetValueOrDefault($"company called {company.Identifier.ToUpperInvariant()}") + " " + company.Id.ExternalId;
                    places[$"zone of company {company.Id.ExternalId}"] = ZoneOf(company, settings);
                    foreach (var account in (settings?.CloudAccounts ?? []).Where(account => Is(account.Client, company)))
                    {
                        places.TryAdd($"{account.Provider} account {account.SubAccountId}", company.Id.ExternalId);
                    }

                    break;
                default:
                    break;
            }
        }

        return places;
    }

    private static string ZoneOf(Company company, MspSettings? settings) =>
        settings?.Clients.FirstOrDefault(client => Is(client.Identifier, company))?.TimeZone ?? settings?.DefaultTimeZone ?? "";

    private static bool Is(string identifier, Company company) => string.Equals(identifier, company.Identifier, StringComparison.OrdinalIgnoreCase);
}
