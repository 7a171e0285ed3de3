using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.ConnectWise;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

public sealed class ConnectWiseSettingsTests
{
    [Fact]
    public void Add_NoSection_AddsNothing() => Assert.Empty(new ServiceCollection().AddConnectWise(new ConfigurationBuilder().Build().GetSection("Sources:ConnectWise")));

    [Fact]
    public void Add_RightSettings_AddsTheSource()
    {
        using var services = Add("na.myconnectwise.net").AddSingleton(TimeProvider.System).BuildServiceProvider();

        Assert.Equal("connectwise", services.GetRequiredService<IRecordSource>().Name);
        Assert.Equal("connectwise", services.GetRequiredService<IInvoiceReferenceWriter>().Name);
        Assert.Equal(
            ["companies", "work-roles", "members", "agreements", "additions", "agreement-work-roles", "projects", "phases", "service-tickets", "project-tickets", "configurations", "time-entries", "expenses"],
            services.GetRequiredService<IRecordSource>().Feeds.Select(feed => feed.Name));
        Assert.All(services.GetRequiredService<IRecordSource>().Feeds, feed => Assert.Contains(feed.Format, ImportReader.Formats));
    }

    [Fact]
    public async Task Build_HostWithTheSection_HasTheSource()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(ConnectedSource.SettingsFor("na.myconnectwise.net")).Build();
        await using var host = MspBilling.Local.Hosting.LocalHost.Build(settings, 0);

        Assert.Contains(host.Services.GetServices<IRecordSource>(), source => source.Name == "connectwise");
    }

    [Theory]
    [InlineData("Site=", "Site: write the host on which ConnectWise PSA is opened, such as na.myconnectwise.net, or its https address without a path.")]
    [InlineData("Site=http://na.myconnectwise.net", "Site: write the host on which ConnectWise PSA is opened, such as na.myconnectwise.net, or its https address without a path.")]
    [InlineData("Site=https://na.myconnectwise.net/v4_6_release", "Site: write the host on which ConnectWise PSA is opened, such as na.myconnectwise.net, or its https address without a path.")]
    [InlineData("CompanyId=", "CompanyId: write the company that you enter when you sign in to ConnectWise PSA.")]
    [InlineData("CompanyId=a/b", "CompanyId: write the company that you enter when you sign in to ConnectWise PSA.")]
    [InlineData("PublicKey=", "PublicKey: write the public key of the API member (System > Members > API Members > API Keys).")]
    [InlineData("PublicKey=a:b", "PublicKey: write the public key of the API member (System > Members > API Members > API Keys).")]
    [InlineData("PrivateKey=a b", "PrivateKey: write the private key that was shown when the API member's keys were made; if it is lost, make new keys.")]
    [InlineData("ClientId=abc", "ClientId: write the client id of the integration, a GUID from developer.connectwise.com/ClientID.")]
    [InlineData("Currency=Dollars", "Currency: write the ISO 4217 code of the currency that expenses are in, such as USD.")]
    [InlineData("ApiVersion=newest", "ApiVersion: write a version such as 2019.1.")]
    [InlineData("Codebase=v4/..", "Codebase: write a codebase such as v4_6_release, or leave it out to have it looked up.")]
    [InlineData("IncrementalField=lastUpdated desc", "IncrementalField: write the name of a field, lastUpdated or _info/lastUpdated.")]
    [InlineData("PageSize=1001", "PageSize: write a number from 1 to 1000.")]
    [InlineData("PageSize=0", "PageSize: write a number from 1 to 1000.")]
    [InlineData("HoursField=hours", "HoursField: write one of actualHours, hoursBilled, invoiceHours.")]
    [InlineData("CompletedStatuses:0= ", "CompletedStatuses: write the names of phase statuses, none of them blank.")]
    [InlineData("InvoiceReference=notes", "InvoiceReference: write internalNotes or the id of a custom field of time entries, or leave it out to write nothing.")]
    [InlineData("Http:Tries=0", "Http: write Tries, Concurrent and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.")]
    public void Add_WrongSetting_SaysWhichAndWhatToWrite(string setting, string problem) =>
        Assert.Equal("Sources:ConnectWise:" + problem, Assert.Throws<InvalidDataException>(() => Add("na.myconnectwise.net", setting)).Message);

    [Fact]
    public void Add_SeveralWrongSettings_SaysAllAndNoSecret()
    {
        var message = Assert.Throws<InvalidDataException>(() => Add("", "PrivateKey=so secret", "PageSize=5000")).Message;

        Assert.Equal(["Sources:ConnectWise:Site", "Sources:ConnectWise:PrivateKey", "Sources:ConnectWise:PageSize"], message.Split('\n').Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.DoesNotContain("so secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("na.myconnectwise.net", "https://na.myconnectwise.net/", "https://api-na.myconnectwise.net/", true)]
    [InlineData("api-eu.myconnectwise.net", "https://eu.myconnectwise.net/", "https://api-eu.myconnectwise.net/", true)]
    [InlineData("https://AU.myconnectwise.net/", "https://au.myconnectwise.net/", "https://api-au.myconnectwise.net/", true)]
    [InlineData("staging.connectwisedev.com", "https://staging.connectwisedev.com/", "https://api-staging.connectwisedev.com/", true)]
    [InlineData("psa.harbourlight.example", "https://psa.harbourlight.example/", "https://psa.harbourlight.example/", false)]
    [InlineData("https://psa.harbourlight.example:8443", "https://psa.harbourlight.example:8443/", "https://psa.harbourlight.example:8443/", false)]
    [InlineData("notmyconnectwise.net", "https://notmyconnectwise.net/", "https://notmyconnectwise.net/", false)]
    [InlineData("http://127.0.0.1:5001/", "http://127.0.0.1:5001/", "http://127.0.0.1:5001/", false)]
    public void TryParse_Site_TellsLoginAndInterface(string text, string login, string api, bool isCloud)
    {
        Assert.True(ConnectWiseSite.TryParse(text, out var site));
        Assert.Equal((login, api, isCloud), (site.Login.ToString(), site.Api.ToString(), site.IsCloud));
    }

    [Theory]
    [InlineData("https://user:key@na.myconnectwise.net")]
    [InlineData("https://na.myconnectwise.net?x=1")]
    [InlineData("ftp://na.myconnectwise.net")]
    [InlineData("na myconnectwise")]
    public void TryParse_NoSite_IsRefused(string text) => Assert.False(ConnectWiseSite.TryParse(text, out _));

    private static IServiceCollection Add(string site, params string[] settings) => new ServiceCollection().AddConnectWise(
        new ConfigurationBuilder().AddInMemoryCollection(ConnectedSource.SettingsFor(site, settings)).Build().GetSection("Sources:ConnectWise"));
}
