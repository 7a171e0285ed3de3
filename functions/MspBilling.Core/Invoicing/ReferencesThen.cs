using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Invoicing;

/// <summary>The reference records that an invoiced period is priced by when it is adjusted: those it was billed with, and now's where those had a gap.</summary>
/// <remarks>
/// A record that the bill was computed from stands at the version it had, so that a rate card of June does not price January again: a role
/// at 95.00 then and 105.00 now stays at 95.00. A gap is what kept work from being billed: a record that was missing, a role without a rate, an agreement type or a
/// line of it that priced nothing of its kind, a cloud account, a currency's name, a tax rate, a time status that did not count as approved.
/// It is filled with what is known now: a role without a rate then and 105.00 now is billed at 105.00. A role rate on an agreement fills
/// no gap where its role had a rate; nor does an agreement in the MSP's own form whose PSA agreement was billed; nor a fee, retainer or discount that an
/// agreement type has got since, because no work waited for it.
/// Decisions about held work, and edits of the period's draft, are those of now: they are about this period's work, whenever they are made.
/// </remarks>
public static class ReferencesThen
{
    /// <param name="then">The records behind the client, as the period was billed with them.</param>
    /// <param name="now">The records behind the client as they are.</param>
    public static IReadOnlyList<CapturedRecord> FillGaps(IReadOnlyCollection<CapturedRecord> then, IReadOnlyCollection<CapturedRecord> now)
    {
        var known = then.Where(record => !record.IsOfOnePeriod).Select(record => record.Id).ToHashSet();
        var current = now.ToDictionary(record => record.Id);
        return
        [
            .. then.Where(record => !record.IsOfOnePeriod).Select(record => current.TryGetValue(record.Id, out var other) ? Filled(record, other) : record),
            .. now.Where(record => !known.Contains(record.Id) && WasMissing(record, then)),
        ];
    }

    /// <summary>The same records are the same bytes, in whatever order they come.</summary>
    public static byte[] Serialize(IEnumerable<CapturedRecord> records) => RecordJson.Serialize<IReadOnlyList<CapturedRecord>>(
    [
        .. records.Where(record => record is not (Activity or Ticket or Technician or Acceptance) && !record.IsOfOnePeriod).Select(record => record with { Revision = null })
            .OrderBy(r => r.Id.Kind).ThenBy(r => r.Id.Source, StringComparer.Ordinal).ThenBy(r => r.Id.ExternalId, StringComparer.Ordinal),
    ]);

    private static CapturedRecord Filled(CapturedRecord then, CapturedRecord now) => (then, now) switch
    {
        (MspSettings settings, MspSettings other) => Filled(settings, other),
        (WorkRole { HourlyRate: null or 0 } role, WorkRole other) => role with { HourlyRate = other.HourlyRate },
        (AgreementRoleRate { HourlyRate: 0 } rate, AgreementRoleRate other) => rate with { HourlyRate = other.HourlyRate },
        (Company { TaxCode: null } company, Company other) => company with { TaxCode = other.TaxCode },
        (AgreementDocument document, AgreementDocument other) => document with
        {
            Versions = [.. document.Versions.Concat(other.Versions.Where(v => document.Versions.All(d => d.InForce.Overlap(v.InForce) is null))).OrderBy(v => v.InForce.Start)],
        },
        _ => then,
    };

    private static MspSettings Filled(MspSettings then, MspSettings now) => then with
    {
        ApprovedTimeStatuses = [.. then.ApprovedTimeStatuses.Union(now.ApprovedTimeStatuses)],
        CurrencyNames = With(then.CurrencyNames, now.CurrencyNames),
        TaxJurisdictions = Both(then.TaxJurisdictions, now.TaxJurisdictions, j => j.Id, (j, other) => j with { Rates = [.. j.Rates, .. other.Rates.Where(r => j.Rates.All(known => known.InForce.Overlap(r.InForce) is null))] }),
        ServiceTaxCodes = Both(then.ServiceTaxCodes, now.ServiceTaxCodes, c => c.Code, (c, _) => c),
        CloudAccounts = Both(then.CloudAccounts, now.CloudAccounts, a => (a.Provider, a.SubAccountId), (a, _) => a),
        AgreementTypes = Both(then.AgreementTypes, now.AgreementTypes, t => t.Name, (t, other) => t with { Lines = Filled(t.Lines, other.Lines) }),
        RateCards = Both(then.RateCards, now.RateCards, c => c.Currency, (c, other) => c with { Rates = Filled(c.Rates, other.Rates) }),
        Calendars = Both(then.Calendars, now.Calendars, c => c.Name, (c, _) => c),
    };

    // A line that is new prices what no line priced, because it stands after the others.
    private static IReadOnlyList<AgreementLine> Filled(IReadOnlyList<AgreementLine> then, IReadOnlyList<AgreementLine> now) => Both(
        then,
        [.. now.Where(line => then.Any(known => known.Id == line.Id) || WaitsForWork(line))],
        line => line.Id,
        (line, other) => (line, other) switch
        {
            (TimeLine time, TimeLine rates) => time with { Rates = Filled(time.Rates, rates.Rates) },
            (UsageLine { Conversions.Count: 0 } usage, UsageLine conversions) => usage with { Conversions = conversions.Conversions },
            (RecurringLine { Prices.Count: 0, Pricing: null } recurring, RecurringLine prices) when WaitsForWork(line) => recurring with { Prices = prices.Prices, Pricing = prices.Pricing },
            _ => line,
        });

    private static bool WaitsForWork(AgreementLine line) => line is TimeLine or UsageLine { Minimum: null } or MilestonesLine or ExpensesLine or RecurringLine { Quantity: DeviceQuantity or CountQuantity };

    private static IReadOnlyList<TimeRate> Filled(IReadOnlyList<TimeRate> then, IReadOnlyList<TimeRate> now) =>
        [.. then, .. now.Where(rate => then.All(known => Subject(known) != Subject(rate) || known.InForce.Overlap(rate.InForce) is null))];

    private static (string?, string?, string?, string?) Subject(TimeRate rate) => (rate.Phase, rate.Person, rate.Role, rate.WorkType);

    private static bool WasMissing(CapturedRecord record, IReadOnlyCollection<CapturedRecord> then) => record switch
    {
        AgreementRoleRate rate => !HadRate(rate, then),
        AgreementDocument { PsaAgreement: { } id } => !then.OfType<PsaAgreement>().Any(agreement => agreement.Id.ExternalId == id),
        _ => true,
    };

    private static bool HadRate(AgreementRoleRate wanted, IReadOnlyCollection<CapturedRecord> then)
    {
        var settings = then.OfType<MspSettings>().Single();
        var type = then.OfType<PsaAgreement>().FirstOrDefault(agreement => agreement.Id.ExternalId == wanted.AgreementId)?.TypeName;
        var rates = settings.RateCards.SelectMany(card => card.Rates)
            .Concat(settings.AgreementTypes.Where(t => t.Name == type).SelectMany(t => t.Lines).OfType<TimeLine>().SelectMany(line => line.Rates));
        return then.OfType<WorkRole>().Any(role => role.Id.ExternalId == wanted.RoleId && role.HourlyRate > 0)
            || then.OfType<AgreementRoleRate>().Any(rate => rate.AgreementId == wanted.AgreementId && rate.RoleId == wanted.RoleId && rate.InForce.Overlap(wanted.InForce) is not null)
            || rates.Any(rate => Subject(rate) == default || rate.Role == wanted.RoleId || rate.Role == wanted.RoleName);
    }

    private static IReadOnlyList<T> Both<T, TKey>(IReadOnlyList<T> then, IReadOnlyList<T> now, Func<T, TKey> key, Func<T, T, T> fill)
        where TKey : notnull
    {
        var current = now.DistinctBy(key).ToDictionary(key);
        var known = then.Select(key).ToHashSet();
        return [.. then.Select(item => current.TryGetValue(key(item), out var other) ? fill(item, other) : item), .. now.Where(item => !known.Contains(key(item)))];
    }

    private static Dictionary<string, Currency> With(IReadOnlyDictionary<string, Currency> then, IReadOnlyDictionary<string, Currency> now)
    {
        var names = then.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, currency) in now)
        {
            names.TryAdd(name, currency);
        }

        return names;
    }
}
