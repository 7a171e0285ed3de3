using MspBilling.Core.Clients;

namespace MspBilling.Core.Capture;

/// <summary>Which company a source means.</summary>
/// <remarks>
/// The PSA's own records name a company by its id. Any other source's names go, in this order: by a confirmed mapping, by the client's id, by the
/// company's identifier, by its name, the last two without regard to case and only where one company that is not deleted has it. An id of the PSA's is
/// not read into another source's: company 250 of a time tracker is another one.
/// </remarks>
internal sealed class CompanyNames
{
    private readonly Dictionary<string, Company> _byId;
    private readonly Dictionary<string, Company> _byClientId;
    private readonly ILookup<string, Company> _byIdentifier;
    private readonly ILookup<string, Company> _byName;
    private readonly Dictionary<(string Provider, string SubAccountId), Company> _settingsAccounts;
    private readonly Mappings _mappings;

    public CompanyNames(Dictionary<string, Company> byId, Mappings mappings, IEnumerable<CloudAccount> accounts)
    {
        _byId = byId;
        _mappings = mappings;
        _byClientId = byId.Values.ToDictionary(company => Client.IdOf(company.Id.ExternalId), StringComparer.OrdinalIgnoreCase);

        // A deleted company may have left its identifier to another one.
        var living = byId.Values.OrderBy(c => c.IsDeleted).ThenBy(c => c.Id.ExternalId, StringComparer.Ordinal).ToList();
        _byIdentifier = living.ToLookup(c => c.Identifier, StringComparer.OrdinalIgnoreCase);
        _byName = living.Where(c => !c.IsDeleted).ToLookup(c => c.Name, StringComparer.OrdinalIgnoreCase);
        _settingsAccounts = accounts
            .Select(account => (account, Company: _byIdentifier[account.Client].FirstOrDefault()))
            .Where(found => found.Company is not null)
            .DistinctBy(found => (found.account.Provider, found.account.SubAccountId))
            .ToDictionary(found => (found.account.Provider, found.account.SubAccountId), found => found.Company!);
    }

    /// <param name="source">Whose record names the company.</param>
    /// <param name="id">As the record has it.</param>
    /// <param name="name">As the record has it; may be the same.</param>
    public Company? Find(string source, string id, string name) =>
        _byId.TryGetValue(id, out var company) && company.Id.Source == source ? company
        : Mapped(MappedThing.Client, source, id) ?? Mapped(MappedThing.Client, source, name) ?? Said(source, id) ?? Said(source, name);

    /// <summary>The settings name accounts, too; a mapping goes before them.</summary>
    public Company? OfAccount(string provider, string subAccountId) =>
        Mapped(MappedThing.Account, provider, subAccountId) ?? _settingsAccounts.GetValueOrDefault((provider, subAccountId));

    /// <summary>The company that a mapping leads to: by the client's id, else by its identifier.</summary>
    public Company? Target(string to) => _byClientId.GetValueOrDefault(to) ?? _byIdentifier[to].FirstOrDefault();

    private Company? Mapped(MappedThing what, string source, string from) => _mappings.Find(what, source, from) is { } to ? Target(to) : null;

    /// <summary>Our own word for it in another source's record; the PSA itself never uses it.</summary>
    private Company? Said(string source, string text) =>
        _byId.Values.FirstOrDefault()?.Id.Source == source ? null
        : _byClientId.GetValueOrDefault(text) ?? One(_byIdentifier[text]) ?? One(_byName[text]);

    private static Company? One(IEnumerable<Company> found)
    {
        var living = found.Where(company => !company.IsDeleted).Take(2).ToList();
        return living.Count == 1 ? living[0] : null;
    }
}
