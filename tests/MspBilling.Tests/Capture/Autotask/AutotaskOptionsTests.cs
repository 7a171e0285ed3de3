using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Autotask;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

public sealed class AutotaskOptionsTests
{
    [Fact]
    public void Problems_OfRightSettings_AreNone() => Assert.Empty(AutotaskPulls.Options().Problems());

    [Theory]
    [InlineData("UserName", "", "Sources:Autotask:UserName: write the user name (an e-mail address) of an API user, made under Admin > Resources with the security level API User (system).")]
    [InlineData("Secret", " x", "Sources:Autotask:Secret: write the password (secret) of the API user.")]
    [InlineData("IntegrationCode", "a\nb", "Sources:Autotask:IntegrationCode: write the tracking identifier of the API user, from the tab API Tracking Identifier.")]
    [InlineData("ZoneUrl", "http://ww3.autotask.net/", "Sources:Autotask:ZoneUrl: write an https address such as https://webservices3.autotask.net/atservicesrest/, or leave it out to have it looked up.")]
    [InlineData("ZoneLookupUrl", "here", "Sources:Autotask:ZoneLookupUrl: write an https address such as https://webservices.autotask.net/atservicesrest/, or leave it out.")]
    [InlineData("SourceOfTruth", "BillingItems", "Sources:Autotask:SourceOfTruth: BillingItems, what was posted in Autotask, cannot be billed by here. Write TimeEntries, and do not invoice time in Autotask as well.")]
    [InlineData("SourceOfTruth", "Both", "Sources:Autotask:SourceOfTruth: write TimeEntries.")]
    [InlineData("Hours", "worked", "Sources:Autotask:Hours: write hoursWorked or hoursToBill.")]
    [InlineData("UnitRowPrices", "each", "Sources:Autotask:UnitRowPrices: write Total or PerUnit.")]
    [InlineData("Devices", "all", "Sources:Autotask:Devices: write Active or UnderContract.")]
    [InlineData("TimeZone", "Mars/Olympus", "Sources:Autotask:TimeZone: write an IANA time zone such as Europe/Dublin.")]
    [InlineData("Currency", "", "Sources:Autotask:Currency: write the ISO 4217 code of Autotask's internal currency, such as USD.")]
    [InlineData("Currencies:2", "Euro", "Sources:Autotask:Currencies:2: 'Euro' is no currency; write the ISO 4217 code of the currency that has this id in Autotask, such as \"2\": \"EUR\".")]
    [InlineData("TaxCodes:IE", "IE-VAT", "Sources:Autotask:TaxCodes:IE: write the tax code of the tax region that has this id in Autotask, such as \"2\": \"IE-VAT\".")]
    [InlineData("ExemptTaxCode", "", "Sources:Autotask:ExemptTaxCode: write the tax code of companies that are exempt from tax.")]
    [InlineData("InternalCompanies:0", "us", "Sources:Autotask:InternalCompanies: write ids of companies, such as 0.")]
    [InlineData("ReadyMilestoneStatuses:0", " ", "Sources:Autotask:ReadyMilestoneStatuses: write labels as they stand in Autotask, none of them blank.")]
    [InlineData("SweepDays", "30", "Sources:Autotask:SweepDays: write a number from 31 to 3660.")]
    [InlineData("ChangedTicketDays", "-1", "Sources:Autotask:ChangedTicketDays: write a number from 0 to 3660.")]
    [InlineData("PageSize", "501", "Sources:Autotask:PageSize: write a number from 1 to 500.")]
    [InlineData("HourlyShare", "1.1", "Sources:Autotask:HourlyShare: write a number above 0, at most 1.")]
    [InlineData("Http:Concurrent", "4", "Sources:Autotask:Http:Concurrent: write 1, 2 or 3; Autotask refuses more requests at once.")]
    [InlineData("Http:Tries", "0", "Sources:Autotask:Http: write Tries, TriesOfError500 and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.")]
    public void Add_WrongSetting_SaysWhichAndWhatToWrite(string name, string value, string problem)
    {
        var error = Assert.Throws<InvalidDataException>(() => new ServiceCollection().AddAutotask(Section((name, value))));

        Assert.Equal(problem, error.Message);
    }

    [Fact]
    public void Add_NoSection_IsNoSource() =>
        Assert.Empty(new ServiceCollection().AddAutotask(new ConfigurationBuilder().Build().GetSection("Sources:Autotask")));

    [Fact]
    public void Add_Section_IsASourceAndAWriter()
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddAutotask(Section(("InternalCompanies:0", "7"))).BuildServiceProvider();

        Assert.Equal("autotask", services.GetRequiredService<IRecordSource>().Name);
        Assert.Same(services.GetRequiredService<IRecordSource>(), services.GetRequiredService<IInvoiceReferenceWriter>());
    }

    private static IConfigurationSection Section((string Name, string Value) change)
    {
        var values = new Dictionary<string, string?>
        {
            ["Sources:Autotask:UserName"] = "api@acmemsp.example",
            ["Sources:Autotask:Secret"] = "secret",
            ["Sources:Autotask:IntegrationCode"] = "TRACK",
            ["Sources:Autotask:Currency"] = "USD",
            ["Sources:Autotask:" + change.Name] = change.Value,
        };
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Sources:Autotask");
    }
}
