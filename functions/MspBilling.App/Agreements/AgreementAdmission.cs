using System.Globalization;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.App.Agreements;

/// <summary>Whether agreements that are right by themselves may be stored beside what is stored already.</summary>
/// <remarks>
/// What they name must be known: client, calendar and PSA agreement. A stored version stands for ever (<see cref="AgreementChanges"/>), and so
/// do the calendars of the settings that stored agreements name. One document prices a PSA agreement.
/// </remarks>
public sealed class AgreementAdmission(RecordStore records, BillStore bills, RunStore runs)
{
    /// <param name="IsConflict">Whether it is at odds with what is stored, and not only unknown here.</param>
    private sealed record Refusal(string Path, string? Value, string Expected, bool IsConflict);

    /// <summary>What forbids it, or nothing, and whether what is stored forbids it.</summary>
    public async Task<(IReadOnlyList<ImportProblem> Problems, bool IsConflict)> CheckAsync(
        string fileName, IReadOnlyList<CapturedRecord> given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        var (documents, settings) = (given.OfType<AgreementDocument>().ToList(), given.OfType<MspSettings>().SingleOrDefault());
        if (documents.Count == 0 && settings is null)
        {
            return ([], false);
        }

        var stored = await OfAsync<AgreementDocument>(RecordKind.AgreementDocument, cancellationToken).ConfigureAwait(false);
        var refusals = settings is null ? [] : CheckCalendars(settings, stored).ToList();
        if (documents.Count > 0)
        {
            var known = new Known(
                stored,
                await OfAsync<Company>(RecordKind.Company, cancellationToken).ConfigureAwait(false),
                await OfAsync<PsaAgreement>(RecordKind.Agreement, cancellationToken).ConfigureAwait(false),
                settings ?? (await OfAsync<MspSettings>(RecordKind.MspSettings, cancellationToken).ConfigureAwait(false)).SingleOrDefault());
            for (var i = 0; i < documents.Count; i++)
            {
                // As a path into the file: of a list, the item goes before.
                var prefix = documents.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{i}].");
                var found = await CheckAsync(documents[i], known, cancellationToken).ConfigureAwait(false);
                refusals.AddRange(found.Select(refusal => refusal with { Path = prefix + refusal.Path }));
            }
        }

        return (
            [.. refusals.Take(ImportResult.MostProblems).Select(refusal => new ImportProblem(fileName, 0, 0, refusal.Path, refusal.Value, refusal.Expected))],
            refusals.Exists(refusal => refusal.IsConflict));
    }

    private sealed record Known(IReadOnlyList<AgreementDocument> Stored, IReadOnlyList<Company> Companies, IReadOnlyList<PsaAgreement> PsaAgreements, MspSettings? Settings);

    private async Task<List<Refusal>> CheckAsync(AgreementDocument given, Known known, CancellationToken cancellationToken)
    {
        var refusals = new List<Refusal>();
        var company = known.Companies.FirstOrDefault(c => AgreementDocument.IsOf(given.Client, c));
        if (company is null)
        {
            refusals.Add(new("client", given.Client, "the id or the identifier of a company that was imported", false));
        }

        if (given.Calendar is { } calendar && known.Settings is { } settings && !HasCalendar(settings, calendar))
        {
            refusals.Add(new("calendar", calendar, "a calendar of the settings: " + string.Join(", ", settings.Calendars.Select(c => c.Name)), false));
        }

        refusals.AddRange(CheckPsaAgreement(given, known, company));
        if (known.Stored.FirstOrDefault(d => d.Id == given.Id) is { } before)
        {
            var billedUntil = company is null ? null : await BilledUntilAsync(Client.IdOf(company.Id.ExternalId), cancellationToken).ConfigureAwait(false);
            refusals.AddRange(AgreementChanges.Check(before, given, billedUntil).Select(change => new Refusal(change.Path, change.Value, change.Expected, true)));
        }

        return refusals;
    }

    private static IEnumerable<Refusal> CheckPsaAgreement(AgreementDocument given, Known known, Company? company)
    {
        var others = known.Stored.Where(other => other.Id != given.Id).ToList();
        if (given.PsaAgreement is not { } priced)
        {
            // Work that names an agreement could not tell the two apart.
            if (known.PsaAgreements.Any(psa => psa.Id.ExternalId == given.Id.ExternalId) || others.Exists(other => other.PsaAgreement == given.Id.ExternalId))
            {
                yield return new("id", given.Id.ExternalId, "an id that no agreement of the PSA has", true);
            }

            yield break;
        }

        if (others.FirstOrDefault(other => (other.PsaAgreement ?? other.Id.ExternalId) == priced) is { } rival)
        {
            yield return new("psaAgreement", priced, $"an agreement of the PSA that {rival.Id.ExternalId} does not price already", true);
        }

        if (known.PsaAgreements.FirstOrDefault(psa => psa.Id.ExternalId == priced) is not { } found)
        {
            yield return new("psaAgreement", priced, "the id of an agreement of the PSA that was imported", false);
        }
        else if (company is not null && found.CompanyId != company.Id.ExternalId)
        {
            yield return new("psaAgreement", priced, $"an agreement of {company.Name}", false);
        }
    }

    private static IEnumerable<Refusal> CheckCalendars(MspSettings settings, IEnumerable<AgreementDocument> stored) =>
        from document in stored
        where document.Calendar is not null && !HasCalendar(settings, document.Calendar)
        select new Refusal("calendars", null, $"a calendar named {document.Calendar}, which the agreement {document.Id.ExternalId} has", true);

    private static bool HasCalendar(MspSettings settings, string name) => name == WorkCalendar.StandardName || settings.Calendars.Any(c => c.Name == name);

    /// <summary>The end of the client's newest period that was closed, or null.</summary>
    private async Task<DateOnly?> BilledUntilAsync(string clientId, CancellationToken cancellationToken)
    {
        foreach (var run in await runs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if ((await bills.ClientRowsAsync(run.Period, clientId, cancellationToken).ConfigureAwait(false)).Outcome is not null)
            {
                return run.Period.End;
            }
        }

        return null;
    }

    private async Task<List<T>> OfAsync<T>(RecordKind kind, CancellationToken cancellationToken) =>
        [.. (await records.ReferencesAsync(kind, cancellationToken).ConfigureAwait(false)).OfType<T>()];
}
