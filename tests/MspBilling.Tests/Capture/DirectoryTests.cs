using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Capture;

public sealed class DirectoryTests
{
    [Fact]
    public void ClientOf_Company_TakesTheSettingsDefaults()
    {
        var (client, problem) = Directory(Records.Company()).ClientOf("cw-250");

        Assert.Null(problem);
        Assert.Equal(("Corrib Foods", EUR, "Europe/Dublin", "en-IE", 30), (client!.Name, client.Currency, client.Zone.Id, client.Language, client.PaymentTerms.Days));
    }

    [Fact]
    public void ClientOf_CompanyNamedInTheSettings_TakesWhatIsSaidThere()
    {
        var settings = Records.Settings with { Clients = [new ClientSettings("co250", "America/Chicago", "en-US", PaymentTerms.Net(14), "US-1")] };

        var client = Directory(settings, Records.Company() with { CurrencyName = "US Dollar" }).ClientOf("cw-250").Client!;

        Assert.Equal((USD, "America/Chicago", "en-US", 14, "US-1"), (client.Currency, client.Zone.Id, client.Language, client.PaymentTerms.Days, client.TaxNumber));
    }

    [Theory]
    [InlineData(null, "EUR")]
    [InlineData("Euro", "EUR")]
    [InlineData("US Dollar", "USD")]
    [InlineData("GBP", "GBP")] // an ISO code needs no translation
    public void ClientOf_CurrencyName_IsTranslated(string? name, string code) =>
        Assert.Equal(Currency.Of(code), Directory(Records.Company() with { CurrencyName = name }).ClientOf("cw-250").Client!.Currency);

    [Fact]
    public void ClientOf_UnknownCurrency_SaysWhatToMend()
    {
        var (client, problem) = Directory(Records.Company() with { CurrencyName = "Punt" }).ClientOf("cw-250");

        Assert.Null(client);
        Assert.Equal("The currency 'Punt' of Corrib Foods is not in the settings; add it under currencyNames.", problem);
    }

    [Theory]
    [InlineData("cw-999")]
    [InlineData("xx-250")] // not another source's company of the same number
    [InlineData("250")]
    [InlineData("-")]
    [InlineData("")]
    public void ClientOf_UnknownCompany_SaysSo(string clientId)
    {
        var directory = Directory(Records.Company());

        Assert.Equal($"No company is known for {clientId}; import the companies.", directory.ClientOf(clientId).Problem);
        Assert.Equal(clientId, directory.NameOf(clientId));
        Assert.Equal([Records.Settings.Id], directory.RecordsBehind(clientId).Select(record => record.Id));
    }

    [Theory]
    [InlineData(null, "USD")] // the client's
    [InlineData("Euro", "EUR")]
    [InlineData("GBP", "GBP")]
    public void AgreementsOf_CurrencyName_IsTranslated(string? name, string code)
    {
        var directory = Directory(Records.Company() with { CurrencyName = "US Dollar" }, Records.Agreement() with { CurrencyName = name });

        Assert.Equal(Currency.Of(code), Assert.Single(directory.AgreementsOf(directory.ClientOf("cw-250").Client!)).Currency);
    }

    [Fact]
    public void ClientOf_AgreementInAnUnknownCurrency_IsNotBilledInAnother()
    {
        var (client, problem) = Directory(Records.Company(), Records.Agreement() with { CurrencyName = "Punt" }).ClientOf("cw-250");

        Assert.Null(client);
        Assert.Equal("The currency 'Punt' of Corrib Foods's agreement Gold support is not in the settings; add it under currencyNames.", problem);
    }

    [Fact]
    public void AgreementsOf_TypeInTheSettings_HasItsLinesAndRates()
    {
        var settings = Records.Settings with { AgreementTypes = [new AgreementType("Gold", [Lines.Time()])] };
        var directory = Directory(
            settings, Records.Company(), Records.Agreement("102") with { TypeName = "Other" }, Records.Agreement("101"), Records.RoleRate("1", 95), Records.RoleRate("2", 80, "102"));

        var agreements = directory.AgreementsOf(directory.ClientOf("cw-250").Client!);

        Assert.Equal(["101", "102"], agreements.Select(a => a.Id));
        Assert.Equal(95, Assert.Single(Assert.IsType<TimeLine>(Assert.Single(Assert.Single(agreements[0].Versions).Lines)).Rates).Price);
        Assert.Empty(Assert.Single(agreements[1].Versions).Lines);
    }

    public static TheoryData<Activity, string> Strangers => new()
    {
        { Records.Time("1", 1) with { CompanyId = "999", CompanyName = "Marlowe Dental" }, "company 999 (Marlowe Dental)" },
        { Records.Device("1") with { CompanyId = "999", CompanyName = "Marlowe Dental" }, "company 999 (Marlowe Dental)" },
        { Records.Addition("1", 1, 1) with { AgreementId = "999" }, "agreement 999" },
        { Records.Milestone("1", 1, projectId: "999"), "project 999" },
        { Records.Milestone("1", 1) with { AgreementId = "999" }, "agreement 999" },
        { Records.Usage("1", 1) with { SubAccountId = "sub-9", SubAccountName = "Lab" }, "Azure account Lab" },
        { Records.Usage("1", 1) with { SubAccountId = "sub-9" }, "Azure account sub-9" },
        { Records.Usage("1", 1) with { Provider = "AWS" }, "AWS account sub-1" },
    };

    [Theory]
    [MemberData(nameof(Strangers), DisableDiscoveryEnumeration = true)]
    public void Attribute_UnknownReference_NamesIt(Activity activity, string unknown) =>
        Assert.Equal(unknown, Known().Attribute(activity).Unknown);

    public static TheoryData<Activity, string?> Members => new()
    {
        { Records.Time("1", 1, start: "2024-09-30T22:59Z"), "2024-09" },
        { Records.Time("1", 1, start: "2024-09-30T23:00Z"), "2024-10" }, // midnight in Dublin
        { Records.Usage("1", 1, day: "2024-09-30"), "2024-09" },
        { Records.Usage("1", 1, day: "2024-10-01"), "2024-10" },
        { Records.Milestone("1", 1, "2024-09-30"), "2024-09" },
        { Records.Milestone("1", 1, completedOn: null), null },
        { Records.Milestone("1", 1, "2024-09-30") with { ProjectId = null, AgreementId = Records.AgreementId }, "2024-09" },
        { Records.Addition("1", 1, 1), null },
        { Records.Device("1"), null },
    };

    [Theory]
    [MemberData(nameof(Members), DisableDiscoveryEnumeration = true)]
    public void Attribute_KnownReference_IsTheClientsMonth(Activity activity, string? month)
    {
        var attribution = Known().Attribute(activity);

        Assert.Equal(("cw-250", month, null), (attribution.ClientId, attribution.Month?.ToString(), attribution.Unknown));
    }

    [Fact]
    public void CloudAccount_IdentifierOfADeletedCompany_IsTheLivingOnes()
    {
        var deleted = Records.Company("100") with { Identifier = "CORRIB", IsDeleted = true };
        var living = Records.Company("250") with { Identifier = "corrib" };
        var settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "Corrib")] };

        Assert.Equal("cw-250", Directory(settings, deleted, living).Attribute(Records.Usage("1", 1)).ClientId);
        Assert.Equal("cw-250", Directory(settings, living, deleted).Attribute(Records.Usage("1", 1)).ClientId);
    }

    [Fact]
    public void Of_RecordsInAnyOrder_AnswersTheSame()
    {
        var settings = Records.Settings with
        {
            CloudAccounts = [new CloudAccount("Azure", "sub-1", "SAME")],
            AgreementTypes = [new AgreementType("Gold", [Lines.Time("Time", 0, 0.25m)])],
        };
        CapturedRecord[] records =
        [
            settings, Records.Company("250") with { Identifier = "SAME" }, Records.Company("251") with { Identifier = "SAME" }, Records.Agreement("101"), Records.Agreement("102"),
            Records.RoleRate("1", 95), Records.RoleRate("2", 80), Records.Role("1", 70), Records.Role("2", null), Records.Project("701"), Records.Project("702"),
        ];
        var expected = Answers(ClientDirectory.Of(records));

        Gen.Shuffle(records).Sample(shuffled => Assert.Equal(expected, Answers(ClientDirectory.Of(shuffled))), iter: 500);
    }

    [Fact]
    public void Settings_NotImported_SaySo() =>
        Assert.Throws<InvalidOperationException>(() => ClientDirectory.Of([Records.Company()]).Settings);

    private static string Answers(ClientDirectory directory)
    {
        var behind = string.Join(' ', directory.RecordsBehind("cw-250").Select(record => record.Id));
        var agreements = RecordJson.Hash(RecordJson.Serialize(directory.AgreementsOf(directory.ClientOf("cw-250").Client!)));
        return $"{behind} {agreements} {directory.Attribute(Records.Usage("1", 1)).ClientId} {string.Join(' ', directory.ClientIds)}";
    }

    private static ClientDirectory Known() => Directory(
        Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] }, Records.Company(), Records.Agreement(), Records.Project("701"));

    private static ClientDirectory Directory(params CapturedRecord[] records) =>
        ClientDirectory.Of(records[0] is MspSettings ? records : [Records.Settings, .. records]);
}
