using MspBilling.Core.Agreements;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>Who is who: clients and agreements put together from what was captured of them, and whose an activity is.</summary>
/// <remarks>Built from records in any order; a record that refers to one that is missing is not dropped but answered with a reason.</remarks>
public sealed class ClientDirectory
{
    private readonly MspSettings? _settings;
    private readonly Dictionary<string, Company> _companies;
    private readonly Dictionary<string, PsaAgreement> _agreements;
    private readonly Dictionary<string, Project> _projects;
    private readonly Dictionary<string, WorkRole> _workRoles;
    private readonly ILookup<string, PsaAgreement> _agreementsByCompany;
    private readonly ILookup<string, Project> _projectsByCompany;
    private readonly ILookup<string, AgreementRoleRate> _roleRatesByAgreement;
    private readonly Dictionary<(string Provider, string SubAccountId), Company> _cloudAccounts;
    private readonly IReadOnlyList<AgreementDocument> _documents;
    private readonly ILookup<string, Decision> _decisions;
    private readonly Dictionary<Currency, IReadOnlyList<TimeRate>> _rateCards;

    private ClientDirectory(IReadOnlyCollection<CapturedRecord> records)
    {
        _settings = records.OfType<MspSettings>().SingleOrDefault();
        _companies = ById<Company>(records);
        _agreements = ById<PsaAgreement>(records);
        _projects = ById<Project>(records);
        _workRoles = ById<WorkRole>(records);
        _agreementsByCompany = _agreements.Values.OrderBy(a => a.Id.ExternalId, StringComparer.Ordinal).ToLookup(a => a.CompanyId);
        _projectsByCompany = _projects.Values.OrderBy(p => p.Id.ExternalId, StringComparer.Ordinal).ToLookup(p => p.CompanyId);
        _roleRatesByAgreement = records.OfType<AgreementRoleRate>().OrderBy(r => r.Id.ExternalId, StringComparer.Ordinal).ToLookup(r => r.AgreementId);

        _documents = [.. records.OfType<AgreementDocument>().OrderBy(d => d.Id.ExternalId, StringComparer.Ordinal)];
        _decisions = records.OfType<Decision>().OrderBy(d => d.At).ThenBy(d => d.Id.ExternalId, StringComparer.Ordinal).ToLookup(d => d.ClientId);
        _rateCards = RateCardsOf(_settings, _workRoles.Values);

        // A deleted company may have left its identifier to another one.
        var byIdentifier = _companies.Values.OrderBy(c => c.IsDeleted).ThenBy(c => c.Id.ExternalId, StringComparer.Ordinal)
            .ToLookup(c => c.Identifier, StringComparer.OrdinalIgnoreCase);
        _cloudAccounts = (_settings?.CloudAccounts ?? [])
            .Select(account => (account, Company: byIdentifier[account.Client].FirstOrDefault()))
            .Where(found => found.Company is not null)
            .DistinctBy(found => (found.account.Provider, found.account.SubAccountId))
            .ToDictionary(found => (found.account.Provider, found.account.SubAccountId), found => found.Company!);
    }

    public MspSettings Settings => _settings ?? throw new InvalidOperationException("The MSP's settings have not been imported.");

    public bool HasSettings => _settings is not null;

    /// <summary>Companies that are billed, and the MSP itself, by client id.</summary>
    public IEnumerable<string> ClientIds => _companies.Keys.Select(Client.IdOf).Order(StringComparer.Ordinal);

    /// <summary>The source of the companies; null where none are known.</summary>
    public string? Psa => _companies.Values.FirstOrDefault()?.Id.Source;

    public static ClientDirectory Of(IReadOnlyCollection<CapturedRecord> records) => new(records);

    /// <summary>Whether it is a client at all, and not the MSP itself or nobody known.</summary>
    public bool IsBilled(string clientId) => CompanyOf(clientId) is { IsInternal: false };

    /// <summary>The client's name as the PSA has it, or its id.</summary>
    public string NameOf(string clientId) => CompanyOf(clientId)?.Name ?? clientId;

    /// <summary>The client, or what has to be mended before it can be billed.</summary>
    public (Client? Client, string? Problem) ClientOf(string clientId)
    {
        if (CompanyOf(clientId) is not { } company)
        {
            return (null, $"No company is known for {clientId}; import the companies.");
        }

        var extra = Settings.Clients.FirstOrDefault(c => string.Equals(c.Identifier, company.Identifier, StringComparison.OrdinalIgnoreCase));
        if (CurrencyOf(company.CurrencyName, Settings.HomeCurrency) is not { } currency)
        {
            return (null, UnknownCurrency(company.CurrencyName, company.Name));
        }

        if (_agreementsByCompany[company.Id.ExternalId].FirstOrDefault(a => CurrencyOf(a.CurrencyName, currency) is null) is { } agreement)
        {
            return (null, UnknownCurrency(agreement.CurrencyName, $"{company.Name}'s agreement {agreement.Name}"));
        }

        var zone = ZoneOf(company);
        return (new Client(
            clientId,
            company.Name,
            company.IsInternal,
            company.AddressLines,
            company.InvoiceEmail,
            currency,
            zone,
            extra?.Language ?? Settings.DefaultLanguage,
            extra?.PaymentTermsDays ?? Settings.DefaultPaymentTermsDays,
            company.TaxCode,
            extra?.TaxNumber), null);
    }

    /// <summary>The client's agreements, ended ones too, in the order of their ids.</summary>
    public IReadOnlyList<Agreement> AgreementsOf(Client client)
    {
        var documents = DocumentsOf(CompanyIdOf(client.Id)).ToList();
        var replaced = documents.Select(d => d.PsaAgreement).ToHashSet();
        return
        [
            .. _agreementsByCompany[CompanyIdOf(client.Id)].Where(psa => !replaced.Contains(psa.Id.ExternalId)).Select(psa => PsaTerms.Of(
                psa,
                client.Id,
                CurrencyOf(psa.CurrencyName, client.Currency) ?? throw new InvalidOperationException(UnknownCurrency(psa.CurrencyName, psa.Name)),
                Settings.AgreementTypes.FirstOrDefault(t => t.Name == psa.TypeName),
                [.. _roleRatesByAgreement[psa.Id.ExternalId]]))
                .Concat(documents.Select(document => document.AgreementFor(client.Id)))
                .OrderBy(agreement => agreement.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The rates of agreements in the currency that set none themselves: the settings' and, in the home currency, those of the PSA's work roles.</summary>
    public IReadOnlyList<TimeRate> RateCard(Currency currency) => _rateCards.GetValueOrDefault(currency) ?? [];

    /// <param name="name">Null takes the standard one.</param>
    /// <exception cref="KeyNotFoundException">There is no calendar of that name; agreements that name one are refused when they come in.</exception>
    public WorkCalendar Calendar(string? name)
    {
        var wanted = name ?? WorkCalendar.StandardName;
        return Settings.Calendars.FirstOrDefault(calendar => calendar.Name == wanted)
            ?? (wanted == WorkCalendar.StandardName ? WorkCalendar.Standard : throw new KeyNotFoundException($"There is no calendar '{wanted}' in the settings."));
    }

    public WorkRole? WorkRole(string roleId) => _workRoles.GetValueOrDefault(roleId);

    public Project? Project(string projectId) => _projects.GetValueOrDefault(projectId);

    /// <summary>Whose the activity is and which month it falls in; no client where the records do not tell.</summary>
    public Attribution Attribute(Activity activity)
    {
        switch (activity)
        {
            case TimeEntry time when _settings is not null && _companies.TryGetValue(time.CompanyId, out var company):
                return Attribution.Dated(company, Period.MonthOf(LocalDates.In(ZoneOf(company), time.Start)));
            case TimeEntry time:
                // Its month is not known either before the settings tell the time zone; what is unassigned is looked at again with each import.
                return Attribution.Unassigned(Period.MonthOf(DateOnly.FromDateTime(time.Start.UtcDateTime)), $"company {time.CompanyId} ({time.CompanyName})");
            case UsageRecord usage when _cloudAccounts.TryGetValue((usage.Provider, usage.SubAccountId), out var company):
                return Attribution.Dated(company, Period.MonthOf(usage.Day));
            case UsageRecord usage:
                return Attribution.Unassigned(Period.MonthOf(usage.Day), $"{usage.Provider} account {usage.SubAccountName ?? usage.SubAccountId}");
            case Addition addition when _agreements.TryGetValue(addition.AgreementId, out var agreement) && _companies.TryGetValue(agreement.CompanyId, out var company):
                return Attribution.Standing(company);
            case Addition addition:
                return Attribution.Unassigned(null, $"agreement {addition.AgreementId}");
            case Device device when _companies.TryGetValue(device.CompanyId, out var company):
                return Attribution.Standing(company);
            case Device device:
                return Attribution.Unassigned(null, $"company {device.CompanyId} ({device.CompanyName})");
            case Expense expense when _companies.TryGetValue(expense.CompanyId, out var company):
                return Attribution.Dated(company, Period.MonthOf(expense.Day));
            case Expense expense:
                return Attribution.Unassigned(Period.MonthOf(expense.Day), $"company {expense.CompanyId} ({expense.CompanyName})");
            case Count count when _companies.TryGetValue(count.CompanyId, out var company):
                return Attribution.Dated(company, Period.MonthOf(count.Day));
            case Count count:
                return Attribution.Unassigned(Period.MonthOf(count.Day), $"company {count.CompanyId} ({count.CompanyName})");
            case Milestone milestone when CompanyIdOf(milestone) is { } companyId && _companies.TryGetValue(companyId, out var company):
                return milestone.CompletedOn is { } day ? Attribution.Dated(company, Period.MonthOf(day)) : Attribution.Standing(company);
            case Milestone milestone:
                return Attribution.Unassigned(milestone.CompletedOn is { } completed ? Period.MonthOf(completed) : null, milestone.AgreementId is { } named ? $"agreement {named}" : $"project {milestone.ProjectId}");
            default:
                throw new InvalidOperationException($"{activity.GetType().Name} has no attribution.");
        }
    }

    /// <summary>Decisions about a client's work, withdrawn ones too, in the order in which they were made; with those that were made about work while nobody was known for it.</summary>
    public IEnumerable<Decision> DecisionsOf(string clientId) => clientId == Client.Unknown ? _decisions[clientId] : _decisions[clientId].Concat(_decisions[Client.Unknown]);

    /// <summary>All decisions.</summary>
    public IEnumerable<Decision> Decisions => _decisions.SelectMany(client => client);

    /// <summary>The reference records that decide what a client is billed, so that a bill can be computed again from them alone.</summary>
    public IEnumerable<CapturedRecord> RecordsBehind(string clientId)
    {
        var companyId = CompanyIdOf(clientId);
        yield return Settings;
        if (_companies.TryGetValue(companyId, out var company))
        {
            yield return company;
        }

        foreach (var agreement in _agreementsByCompany[companyId])
        {
            yield return agreement;
            foreach (var rate in _roleRatesByAgreement[agreement.Id.ExternalId])
            {
                yield return rate;
            }
        }

        foreach (var document in DocumentsOf(companyId))
        {
            yield return document;
        }

        foreach (var project in _projectsByCompany[companyId])
        {
            yield return project;
        }

        foreach (var role in _workRoles.Values.OrderBy(r => r.Id.ExternalId, StringComparer.Ordinal))
        {
            yield return role;
        }

        foreach (var decision in DecisionsOf(clientId))
        {
            yield return decision;
        }
    }

    private static Dictionary<string, T> ById<T>(IEnumerable<CapturedRecord> records)
        where T : CapturedRecord => records.OfType<T>().ToDictionary(record => record.Id.ExternalId, StringComparer.Ordinal);

    /// <summary>The inverse of <see cref="Client.IdOf"/>; empty, which no company is called, for what is no client's id.</summary>
    private static string CompanyIdOf(string clientId)
    {
        var prefix = Client.IdOf("");
        return clientId.StartsWith(prefix, StringComparison.Ordinal) ? clientId[prefix.Length..] : "";
    }

    /// <summary>That of the agreement where it is of one, else of the project; null where that is not known.</summary>
    private string? CompanyIdOf(Milestone milestone) => milestone.AgreementId is { } agreement
        ? _agreements.GetValueOrDefault(agreement)?.CompanyId
        : milestone.ProjectId is { } project ? _projects.GetValueOrDefault(project)?.CompanyId : null;

    private static Dictionary<Currency, IReadOnlyList<TimeRate>> RateCardsOf(MspSettings? settings, IEnumerable<WorkRole> roles)
    {
        if (settings is null)
        {
            return [];
        }

        var always = new Period(DateOnly.MinValue, Period.NoEnd);
        var cards = settings.RateCards.ToDictionary(card => card.Currency, card => card.Rates);
        var named = cards.GetValueOrDefault(settings.HomeCurrency) ?? [];
        cards[settings.HomeCurrency] =
        [
            .. named,
            .. from role in roles.OrderBy(r => r.Id.ExternalId, StringComparer.Ordinal)
               let rate = role.HourlyRate ?? 0
               where rate > 0
               select new TimeRate(rate, always, Role: role.Id.ExternalId),
        ];
        return cards;
    }

    private static string UnknownCurrency(string? name, string whose) => $"The currency '{name}' of {whose} is not in the settings; add it under currencyNames.";

    private Company? CompanyOf(string clientId) => _companies.GetValueOrDefault(CompanyIdOf(clientId));

    private TimeZoneInfo ZoneOf(Company company)
    {
        var extra = _settings?.Clients.FirstOrDefault(c => string.Equals(c.Identifier, company.Identifier, StringComparison.OrdinalIgnoreCase));
        return _settings is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(extra?.TimeZone ?? _settings.DefaultTimeZone);
    }

    /// <summary>The currency of that name, the given one where there is no name, null where the name is not known.</summary>
    private Currency? CurrencyOf(string? name, Currency unnamed)
    {
        if (name is null)
        {
            return unnamed;
        }

        return Settings.CurrencyNames.TryGetValue(name, out var currency) || Currency.TryParse(name, out currency) ? currency : null;
    }

    private IEnumerable<AgreementDocument> DocumentsOf(string companyId) => _companies.TryGetValue(companyId, out var company)
        ? _documents.Where(d => AgreementDocument.IsOf(d.Client, company))
        : [];
}

/// <summary>Whose an activity is, and when.</summary>
/// <param name="ClientId"><see cref="Client.Unknown"/> when the records do not tell.</param>
/// <param name="Month">The month it falls in; null for what stands until it is ended, such as a device.</param>
/// <param name="Unknown">What is not known, such as <c>company 999 (Marlowe Dental)</c>.</param>
public sealed record Attribution(string ClientId, Period? Month, string? Unknown)
{
    internal static Attribution Dated(Company company, Period month) => new(Client.IdOf(company.Id.ExternalId), month, null);

    internal static Attribution Standing(Company company) => new(Client.IdOf(company.Id.ExternalId), null, null);

    internal static Attribution Unassigned(Period? month, string what) => new(Client.Unknown, month, what);
}
