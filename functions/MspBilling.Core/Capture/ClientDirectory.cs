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
    private readonly Mappings _mappings;
    private readonly CompanyNames _names;
    private readonly OurWords _words;
    private readonly IReadOnlyList<AgreementDocument> _documents;
    private readonly ILookup<string, Decision> _decisions;
    private readonly ILookup<string, DraftEdit> _edits;
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
        _edits = records.OfType<DraftEdit>().OrderBy(e => e.At).ThenBy(e => e.Id.ExternalId, StringComparer.Ordinal).ToLookup(e => e.ClientId);
        _rateCards = CurrencyRates.Of(_settings, _workRoles.Values);
        _mappings = new Mappings(records);
        _names = new CompanyNames(_companies, _mappings, _settings?.CloudAccounts ?? []);
        _words = new OurWords(_mappings, this);
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

    /// <summary>How a client's invoices are made; for who is not billed, as all others' are.</summary>
    public BillingSettings BillingOf(string clientId) =>
        Settings.BillingOf(CompanyOf(clientId) is { IsInternal: false } company ? Settings.Clients.FirstOrDefault(c => string.Equals(c.Identifier, company.Identifier, StringComparison.OrdinalIgnoreCase)) : null);

    /// <summary>Which local date it is at a client; for nobody known, at the MSP.</summary>
    public DateOnly LocalDate(string clientId, DateTimeOffset instant) =>
        LocalDates.In(CompanyOf(clientId) is { } company ? ZoneOf(company) : TimeZoneInfo.FindSystemTimeZoneById(Settings.DefaultTimeZone), instant);

    /// <summary>An activity's own day at a client; null for what stands.</summary>
    public DateOnly? DayOf(string clientId, Activity activity) => activity is TimeEntry time ? LocalDate(clientId, time.Start) : ActivityWords.DateOf(activity);

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

        var client = new Client(
            clientId,
            company.Name,
            company.IsInternal,
            company.AddressLines,
            company.InvoiceEmail,
            currency,
            ZoneOf(company),
            extra?.Language ?? Settings.DefaultLanguage,
            extra?.PaymentTerms ?? Settings.DefaultPaymentTerms,
            company.TaxCode,
            extra?.TaxNumber);
        return (Settings.Completed(client, company, extra), null);
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
            case TimeEntry time when _settings is not null && _names.Find(time.Id.Source, time.CompanyId, time.CompanyName) is { } company:
                return Attribution.Dated(company, Period.MonthOf(LocalDates.In(ZoneOf(company), time.Start)));
            case TimeEntry time:
                // Its month is not known either before the settings tell the time zone; what is unassigned is looked at again with each import.
                return Attribution.Unassigned(Period.MonthOf(DateOnly.FromDateTime(time.Start.UtcDateTime)), Named(time.CompanyId, time.CompanyName));
            case UsageRecord { CompanyId: { } owner } usage:
                return Attribution.Of(_names.Find(usage.Id.Source, owner, owner), Period.MonthOf(usage.Day), $"company {owner}");
            case UsageRecord usage:
                return Attribution.Of(_names.OfAccount(usage.Provider, usage.SubAccountId), Period.MonthOf(usage.Day), $"{usage.Provider} account {usage.SubAccountName ?? usage.SubAccountId}");
            case Addition addition:
                return Attribution.Of(_agreements.GetValueOrDefault(addition.AgreementId) is { } agreement ? _companies.GetValueOrDefault(agreement.CompanyId) : null, null, $"agreement {addition.AgreementId}");
            case Device device:
                return Attribution.Of(_names.Find(device.Id.Source, device.CompanyId, device.CompanyName), null, Named(device.CompanyId, device.CompanyName));
            case Expense expense:
                return Attribution.Of(_names.Find(expense.Id.Source, expense.CompanyId, expense.CompanyName), Period.MonthOf(expense.Day), Named(expense.CompanyId, expense.CompanyName));
            case Count count:
                return Attribution.Of(_names.Find(count.Id.Source, count.CompanyId, count.CompanyName), Period.MonthOf(count.Day), Named(count.CompanyId, count.CompanyName));
            case Milestone milestone:
                return Attribution.Of(
                    CompanyIdOf(milestone) is { } companyId ? _companies.GetValueOrDefault(companyId) : null,
                    milestone.CompletedOn is { } day ? Period.MonthOf(day) : null,
                    milestone.AgreementId is { } named ? $"agreement {named}" : $"project {milestone.ProjectId}");
            default:
                throw new InvalidOperationException($"{activity.GetType().Name} has no attribution.");
        }
    }

    /// <summary>Decisions about a client's work, withdrawn ones too, in the order in which they were made; with those that were made about work while nobody was known for it.</summary>
    public IEnumerable<Decision> DecisionsOf(string clientId) => clientId == Client.Unknown ? _decisions[clientId] : _decisions[clientId].Concat(_decisions[Client.Unknown]);

    /// <summary>All decisions.</summary>
    public IEnumerable<Decision> Decisions => _decisions.SelectMany(client => client);

    /// <summary>Edits of a client's draft, withdrawn ones too, in the order in which they were made.</summary>
    public IEnumerable<DraftEdit> EditsOf(string clientId, Period period) => _edits[clientId].Where(edit => edit.Period == period);

    /// <summary>An activity in our words: what the source calls agreements, roles, services and products, as mapped.</summary>
    public Activity InOurWords(Activity activity) => _words.Of(activity);

    /// <summary>What a mapping of that kind may lead to: ours, with its name.</summary>
    /// <returns>None for services and products, which are whatever agreements name.</returns>
    public IEnumerable<(string Id, string Name)> Targets(MappedThing what) => what switch
    {
        MappedThing.Client or MappedThing.Account => _companies.Values.Where(company => !company.IsDeleted).Select(company => (Client.IdOf(company.Id.ExternalId), company.Name)),
        MappedThing.Agreement => ClientIds.SelectMany(AgreementNames),
        MappedThing.Role => _workRoles.Values.Select(role => role.Name)
            .Concat(_rateCards.Values.SelectMany(card => card).Select(rate => rate.Role).OfType<string>().Where(role => !_workRoles.ContainsKey(role)))
            .Distinct().Select(role => (role, role)),
        _ => [],
    };

    /// <summary>The company that a mapping may lead to, by the client's id or the company's identifier.</summary>
    public Company? Company(string clientOrIdentifier) => _names.Target(clientOrIdentifier);

    /// <summary>Which company a source means by a name, or a provider by an account; null where that is not known.</summary>
    public Company? Meant(MappedThing what, string source, string name) => what == MappedThing.Account ? _names.OfAccount(source, name) : _names.Find(source, name, name);

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

        // Another client's names decide nothing here.
        var mappings = _mappings.All.Where(mapping => mapping.What is not (MappedThing.Client or MappedThing.Account) || _names.Target(mapping.To!) == company);
        foreach (var record in _workRoles.Values.OrderBy(r => r.Id.ExternalId, StringComparer.Ordinal).Concat<CapturedRecord>(mappings).Concat(DecisionsOf(clientId)).Concat(_edits[clientId]))
        {
            yield return record;
        }
    }

    /// <summary>What is captured for a client may be billed by: its agreements by id, with their names.</summary>
    public IEnumerable<(string Id, string Name)> AgreementNames(string clientId) => _agreementsByCompany[CompanyIdOf(clientId)].Select(agreement => (agreement.Id.ExternalId, agreement.Name))
        .Concat(DocumentsOf(CompanyIdOf(clientId)).Select(document => (document.BilledAs, document.Name))).DistinctBy(agreement => agreement.Item1);

    /// <summary>Whether a rate could be set for it: a work role, or one that a rate card or an agreement names.</summary>
    internal bool IsRole(string? id, string? name) => (id is not null && _workRoles.ContainsKey(id)) || Targets(MappedThing.Role).Any(role => role.Name == name || role.Name == id)
        || _settings?.AgreementTypes.SelectMany(type => type.Lines).Concat(_documents.SelectMany(d => d.Versions).SelectMany(v => v.Lines)).OfType<TimeLine>()
            .SelectMany(line => line.Rates).Any(rate => rate.Role is { } role && (role == name || role == id)) == true;

    internal WorkRole? WorkRoleCalled(string name) => _workRoles.Values.Where(role => role.Name == name).MinBy(role => role.Id.ExternalId, StringComparer.Ordinal);

    private static string Named(string id, string name) => id == name ? $"company {id}" : $"company {id} ({name})";

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
