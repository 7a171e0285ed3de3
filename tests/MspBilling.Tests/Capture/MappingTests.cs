using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Whom and what a source means by its own names.</summary>
public sealed class MappingTests
{
    private static readonly Company Corrib = Records.Company();
    private static readonly Company Barton = Records.Company("260", "Barton Creek");
    private static readonly Company Gone = Records.Company("270", "Barton Creek") with { IsDeleted = true };

    [Theory]
    [InlineData("Corrib Foods", "cw-250")]
    [InlineData("corrib foods", "cw-250")]
    [InlineData("co250", "cw-250")] // the identifier
    [InlineData("CW-250", "cw-250")] // our own id
    [InlineData("Barton Creek", "cw-260")] // the other one of this name is deleted
    [InlineData("250", "-")] // another source's company 250 is another company
    [InlineData("CO270", "-")] // deleted
    [InlineData("Corrib", "-")] // never by likeness
    [InlineData("", "-")]
    public void Attribute_OtherSource_IsFoundByOurWordsAlone(string named, string clientId) =>
        Assert.Equal(clientId, Directory().Attribute(Tracked(named)).ClientId);

    [Fact]
    public void Attribute_TwoCompaniesOfOneName_AreNeither() =>
        Assert.Equal(("-", "company Barton Creek"), (Of(Directory(Records.Company("261", "BARTON CREEK")), "Barton Creek")));

    [Theory]
    [InlineData(MappedThing.Client, "toggl", "Corrib", "cw-260", "Corrib", "cw-260")]
    [InlineData(MappedThing.Client, "toggl", "Corrib", "CO260", "CORRIB", "cw-260")] // by the identifier; names without regard to case
    [InlineData(MappedThing.Client, "toggl", "Corrib Foods", "cw-260", "Corrib Foods", "cw-260")] // goes before the name
    [InlineData(MappedThing.Client, "harvest", "Corrib", "cw-260", "Corrib", "-")] // another source's
    [InlineData(MappedThing.Client, "toggl", "Corrib", "cw-999", "Corrib", "-")] // leads nowhere
    [InlineData(MappedThing.Account, "toggl", "Corrib", "cw-260", "Corrib", "-")]
    public void Attribute_MappedClient_IsThatClient(MappedThing what, string source, string from, string to, string named, string clientId) =>
        Assert.Equal(clientId, Directory(Map(what, source, from, to)).Attribute(Tracked(named)).ClientId);

    [Fact]
    public void Attribute_PsasOwnUnknownCompany_CanBeMapped() =>
        Assert.Equal("cw-250", Directory(Map(MappedThing.Client, "connectwise", "999", "cw-250")).Attribute(Records.Time("1", 1) with { CompanyId = "999", CompanyName = "Marlowe" }).ClientId);

    [Fact]
    public void Attribute_PsasOwnCompany_IsNotFoundByName() =>
        Assert.Equal("-", Directory().Attribute(Records.Time("1", 1) with { CompanyId = "999", CompanyName = "Corrib Foods" }).ClientId);

    [Fact]
    public void Attribute_MappedAccount_GoesBeforeTheSettings()
    {
        var settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] };
        var usage = Records.Usage("1", 1);

        Assert.Equal("cw-250", ClientDirectory.Of([settings, Corrib, Barton]).Attribute(usage).ClientId);
        Assert.Equal("cw-260", ClientDirectory.Of([settings, Corrib, Barton, Map(MappedThing.Account, "Azure", "SUB-1", "cw-260")]).Attribute(usage).ClientId);
        Assert.Equal("cw-250", ClientDirectory.Of([settings, Corrib, Barton, Map(MappedThing.Account, "Azure", "sub-1", null)]).Attribute(usage).ClientId);
    }

    [Theory]
    [InlineData("102", "102")] // its id
    [InlineData("gold SUPPORT", "101")] // its name
    [InlineData("Twice", "Twice")] // two have it
    [InlineData("Other", "Other")]
    [InlineData("Retainer", "102")] // mapped
    [InlineData(null, null)]
    public void InOurWords_AgreementOfAnotherSource_IsOurs(string? named, string? id)
    {
        var directory = Directory(
            Records.Agreement(), Records.Agreement("102", "Blocks"), Records.Agreement("103", "Twice"), Records.Agreement("104", "twice"), Map(MappedThing.Agreement, "toggl", "Retainer", "102"));

        Assert.Equal(id, ((TimeEntry)directory.InOurWords(Tracked("Corrib Foods") with { AgreementId = named })).AgreementId);
        Assert.Equal(id, ((Expense)directory.InOurWords(Records.Expense("1", 1, 5) with { Id = new RecordId("toggl", RecordKind.Expense, "1"), AgreementId = named })).AgreementId);
    }

    [Fact]
    public void InOurWords_MappedRole_IsTheWorkRoleWithItsId()
    {
        var directory = Directory(Records.Role("5", 95), Map(MappedThing.Role, "toggl", "L2", "Role 5"), Map(MappedThing.Role, "toggl", "L3", "Architect"));

        Assert.Equal(("5", "Role 5"), RoleOf(directory, "L2"));
        Assert.Equal((null, "Architect"), RoleOf(directory, "l3")); // a rate card's
        Assert.Equal((null, "L4"), RoleOf(directory, "L4"));
        Assert.Equal(("1", "Role 1"), RoleOf(directory, Records.Time("1", 1))); // the PSA's own
    }

    [Fact]
    public void InOurWords_MappedProductAndService_AreOurs()
    {
        var directory = Directory(
            Map(MappedThing.Product, "Azure", "SKU", "VM-SMALL"), Map(MappedThing.Service, "Azure", "Storage", "Cloud storage"), Map(MappedThing.Product, "csv", "SKU", "M365-BP"),
            Map(MappedThing.Product, "connectwise", "SKU-7", "M365-BP"));

        var usage = (UsageRecord)directory.InOurWords(Records.Usage("1", 1));
        Assert.Equal(("VM-SMALL", "Cloud storage"), (usage.Sku, usage.Service));
        Assert.Equal("M365-BP", ((Count)directory.InOurWords(Records.Count("1", 1))).Sku);
        Assert.Equal("M365-BP", ((Addition)directory.InOurWords(Records.Addition("7", 1, 1))).Sku);
        Assert.Equal(Records.Usage("1", 1) with { Sku = "VM-SMALL", Service = "Cloud storage" }, usage); // and nothing else
    }

    [Fact]
    public void RecordsBehind_Client_HasItsOwnNamesAndAllOfProducts()
    {
        var mine = Map(MappedThing.Client, "toggl", "Corrib", "cw-250");
        var product = Map(MappedThing.Product, "csv", "SKU", "M365-BP");
        var directory = Directory(mine, Map(MappedThing.Client, "toggl", "Barton", "cw-260"), product, Map(MappedThing.Role, "toggl", "L2", null));

        Assert.Equal([mine, product], directory.RecordsBehind("cw-250").OfType<Mapping>());
    }

    [Fact]
    public void Unmapped_Activities_AreListedByNameWithWhatWaitsAndWhatItMayBe()
    {
        var directory = Directory(Records.Agreement(), Records.Role("1", 95));
        Activity[] activities =
        [
            Tracked("Corrib Food") with { Hours = 1.5m },
            Tracked("CORRIB FOOD", "2") with { Hours = 2, Start = Days.At("2024-09-12T09:00Z") },
            Tracked("Corrib Foods", "3") with { AgreementId = "Gold sup", RoleName = "Rol 1" },
            Tracked("Nobody", "4") with { AgreementId = "Gold sup", DeletedAt = Days.At("2024-09-12T09:00Z") },
            Records.Usage("5", 12.345m) with { SubAccountName = "Barton" },
            Records.Usage("6", 2m),
            Records.Time("7", 1) with { AgreementId = "999", RoleName = "No role" }, // the PSA's own are imported, not mapped
        ];

        Assert.Equal(
            [
                "Client toggl Corrib Food (CORRIB FOOD): 2, 3.5 h, , 2024-09-10 to 2024-09-12; cw-250",
                "Account Azure sub-1 (Barton): 2, 0 h, 14.35 EUR, 2024-09-10 to 2024-09-10; cw-260",
                "Agreement toggl Gold sup (Gold sup): 1, 1 h, , 2024-09-10 to 2024-09-10; 101",
                "Role toggl Rol 1 (Rol 1): 1, 1 h, , 2024-09-10 to 2024-09-10; Role 1",
            ],
            Unmapped.Of(directory, activities).Select(u => FormattableString.Invariant(
                $"{u.What} {u.Source} {u.From} ({u.Name}): {u.Activities}, {u.Hours} h, {string.Join("+", u.Costs)}, {u.First:yyyy-MM-dd} to {u.Last:yyyy-MM-dd}; {string.Join(" ", u.Suggestions.Select(s => s.Id))}")));
    }

    private static ClientDirectory Directory(params CapturedRecord[] more) => ClientDirectory.Of([Records.Settings, Corrib, Barton, Gone, .. more]);

    private static Mapping Map(MappedThing what, string source, string from, string? to) =>
        new() { Id = Mapping.IdOf(what, source, from), What = what, Source = source, From = from, To = to, By = "Nora Kelly" };

    /// <summary>Time of another source than the PSA.</summary>
    private static TimeEntry Tracked(string company, string id = "1") =>
        Records.Time(id, 1, roleId: null) with { Id = new RecordId("toggl", RecordKind.Time, id), CompanyId = company, CompanyName = company, AgreementId = null };

    private static (string, string?) Of(ClientDirectory directory, string company) => directory.Attribute(Tracked(company)) is var found ? (found.ClientId, found.Unknown) : default;

    private static (string?, string?) RoleOf(ClientDirectory directory, string role) => RoleOf(directory, Tracked("Corrib Foods") with { RoleName = role });

    private static (string?, string?) RoleOf(ClientDirectory directory, TimeEntry entry) => directory.InOurWords(entry) is TimeEntry time ? (time.RoleId, time.RoleName) : default;
}
