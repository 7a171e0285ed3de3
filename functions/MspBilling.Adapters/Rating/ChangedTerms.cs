using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Rating;

/// <summary>Terms that are tried over stored months: each replaces what is stored under its name, or is added to it.</summary>
/// <remarks>
/// An agreement replaces the one that is billed under its id, a rate card the one of its currency, a rule the one of its id at its place (new ones
/// are tried last), an agreement type and a calendar the one of its name. Nothing is stored.
/// </remarks>
public sealed record ChangedTerms(
    IReadOnlyList<AgreementDocument> Agreements,
    IReadOnlyList<RateCard> RateCards,
    IReadOnlyList<WorkCalendar> Calendars,
    IReadOnlyList<CustomRule> Rules,
    IReadOnlyList<AgreementType> AgreementTypes)
{
    private static readonly string[] Names = ["agreements", "rateCards", "calendars", "rules", "agreementTypes"];

    /// <summary>Reads a file of terms: whole, or a list of what is wrong and nothing of it.</summary>
    /// <param name="fileName">Named in problems.</param>
    public static ChangedTermsReading Read(string fileName, Stream content)
    {
        var problems = new ProblemList(fileName);
        var terms = JsonFile.Open(content, problems)?.Root() is { } json ? Read(json) : null;
        var found = problems.Result("", []);
        return new ChangedTermsReading(found.Problems.Count == 0 ? terms : null, found.Problems, found.MoreProblems);
    }

    internal static ChangedTerms Read(JsonRecord json)
    {
        var agreements = new List<AgreementDocument>();
        foreach (var record in json.Records("agreements"))
        {
            if (AgreementReader.Read(record) is not { } agreement)
                continue;

            if (agreements.Exists(other => other.BilledAs == agreement.BilledAs))
                record.Problem("id", "each agreement once");
            agreements.Add(agreement);
        }

        var terms = new ChangedTerms(agreements, Adapters.Agreements.RateCards.Read(json), Adapters.Agreements.Calendars.Read(json), CustomRules.Read(json, "rules"), Capture.Settings.AgreementTypes.Read(json));
        if (!Names.Any(json.Has))
            json.Problem(Names[0], "at least one of " + string.Join(", ", Names));
        json.RefuseOthers();
        return terms;
    }

    /// <summary>The stored references with these terms in their places.</summary>
    public IReadOnlyList<CapturedRecord> On(IReadOnlyList<CapturedRecord> stored)
    {
        var replaced = Agreements.Select(agreement => agreement.BilledAs).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. stored.Where(record => record is not AgreementDocument document || !replaced.Contains(document.BilledAs))
                .Select(record => record is MspSettings settings ? On(settings) : record),
            .. Agreements,
        ];
    }

    /// <summary>What they name and the stored records do not have; such terms would price nothing and look as if nothing changed.</summary>
    public IReadOnlyList<ImportProblem> UnknownTo(string fileName, IReadOnlyList<CapturedRecord> stored)
    {
        var problems = new ProblemList(fileName);
        var (companies, psaAgreements) = (stored.OfType<Company>().ToList(), stored.OfType<PsaAgreement>().Select(psa => psa.Id.ExternalId).ToHashSet(StringComparer.Ordinal));
        var calendars = Calendars.Concat(stored.OfType<MspSettings>().SelectMany(settings => settings.Calendars)).Select(calendar => calendar.Name).Append(WorkCalendar.StandardName).Distinct().ToList();
        for (var i = 0; i < Agreements.Count; i++)
        {
            var (agreement, path) = (Agreements[i], string.Create(System.Globalization.CultureInfo.InvariantCulture, $"agreements[{i}]."));
            if (!companies.Exists(company => AgreementDocument.IsOf(agreement.Client, company)))
                problems.Add(TextPlace.WholeFile, path + "client", agreement.Client, "the id or the identifier of a company that was imported");
            if (agreement.Calendar is { } calendar && !calendars.Contains(calendar))
                problems.Add(TextPlace.WholeFile, path + "calendar", calendar, "a calendar of the settings: " + string.Join(", ", calendars));
            if (agreement.PsaAgreement is { } psa && !psaAgreements.Contains(psa))
                problems.Add(TextPlace.WholeFile, path + "psaAgreement", psa, "the id of an agreement of the PSA that was imported");
            else if (agreement.PsaAgreement is null && psaAgreements.Contains(agreement.Id.ExternalId))
                problems.Add(TextPlace.WholeFile, path + "id", agreement.Id.ExternalId, "an id that no agreement of the PSA has, or psaAgreement for one that it prices");
        }

        return problems.Result("", []).Problems;
    }

    private MspSettings On(MspSettings settings) => settings with
    {
        RateCards = Replaced(settings.RateCards, RateCards, card => card.Currency),
        Calendars = Replaced(settings.Calendars, Calendars, calendar => calendar.Name),
        Rules = Replaced(settings.Rules, Rules, rule => rule.Id),
        AgreementTypes = Replaced(settings.AgreementTypes, AgreementTypes, type => type.Name),
    };

    private static List<T> Replaced<T, TKey>(IReadOnlyList<T> stored, IReadOnlyList<T> changed, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        var byKey = changed.ToDictionary(keyOf);
        var known = stored.Select(keyOf).ToHashSet();
        return [.. stored.Select(item => byKey.GetValueOrDefault(keyOf(item), item)), .. changed.Where(item => !known.Contains(keyOf(item)))];
    }
}

/// <param name="Terms">Null when there are problems.</param>
public sealed record ChangedTermsReading(ChangedTerms? Terms, IReadOnlyList<ImportProblem> Problems, bool MoreProblems);
