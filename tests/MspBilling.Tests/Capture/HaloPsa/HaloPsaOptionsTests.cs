using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.HaloPsa;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

public sealed class HaloPsaOptionsTests
{
    private static readonly (string Name, string? Value)[] Right =
    [
        ("ResourceUrl", "https://acme.halopsa.com/api"),
        ("AuthUrl", "https://acme.halopsa.com/auth"),
        ("ClientId", "b6a8c1f2"),
        ("ClientSecret", "a-very-secret-word"),
    ];

    [Fact]
    public void Settings_ThatAreRight_MakeTheSourceWithItsDefaults()
    {
        using var services = Register(Right).BuildServiceProvider();

        Assert.Equal("halopsa", Assert.Single(services.GetServices<IRecordSource>()).Name);
        Assert.Equal("halopsa", Assert.Single(services.GetServices<IInvoiceReferenceWriter>()).Name);
        Assert.Equal(
            ["clients", "agents", "charge-rates", "contracts", "recurring-invoices", "tickets", "projects", "assets", "timesheet-events"],
            services.GetRequiredService<HaloPsaSource>().Feeds.Select(feed => feed.Name));
        var options = ConnectedHalo.Section([.. Right, ("Http:Tries", "2")]).Get<HaloPsaOptions>()!;
        Assert.Equal((50, 60, 2, 3, 2), (options.PageSize, options.Http.PerMinute, options.Http.Concurrent, options.Http.TriesOfError500, options.Http.Tries));
    }

    [Fact]
    public void Settings_OfOtherWords_AreTakenOver()
    {
        var options = ConnectedHalo.Section(
            [.. Right, ("ClosedStatuses:0", "9"), ("ClosedStatuses:1", "20"), ("ApprovedStatuses:0", "2"), ("TimeSource", "Actions"), ("ChargeRateNames:2", "Engineer"), ("BillingPeriods:12", "Quarterly"), ("InternalClients:0", "1")]).Get<HaloPsaOptions>()!;

        Assert.Empty(options.Problems());
        var reading = HaloReading.Of(options);
        Assert.Equal(["9", "20"], reading.ClosedStatuses);
        Assert.Equal(["2"], reading.ApprovedStatuses);
        Assert.Equal(("Engineer", "Quarterly", "Monthly"), (reading.ChargeRateNames["2"], reading.BillingPeriods["12"], reading.BillingPeriods["2"]));
        Assert.Equal(["1"], reading.InternalClients);
    }

    [Fact]
    public void Settings_ThatAreNotThere_MakeNoSource() => Assert.Empty(Register().BuildServiceProvider().GetServices<IRecordSource>());

    [Theory]
    [InlineData("ResourceUrl", "acme.halopsa.com", "ResourceUrl: write the address of the resource server, such as https://acme.halopsa.com/api (Configuration > Integrations > Halo API).")]
    [InlineData("ResourceUrl", "http://acme.halopsa.com/api", "ResourceUrl: write the address of the resource server, such as https://acme.halopsa.com/api (Configuration > Integrations > Halo API).")]
    [InlineData("AuthUrl", null, "AuthUrl: write the address of the authorisation server, such as https://acme.halopsa.com/auth (Configuration > Integrations > Halo API).")]
    [InlineData("Tenant", " ", "Tenant: write the tenant's name, or leave it out where the authorisation server is your own.")]
    [InlineData("ClientId", "", "ClientId: write the client id of the API application (Configuration > Integrations > Halo API > View Applications).")]
    [InlineData("ClientSecret", "a-very-secret-word ", "ClientSecret: write the client secret that was shown when the API application was made; if it is lost, make a new one.")]
    [InlineData("Scope", " ", "Scope: write all, or the permissions that the API application has, such as read:tickets read:customers.")]
    [InlineData("PageSize", "101", "PageSize: write a number from 1 to 100.")]
    [InlineData("LookBackDays", "0", "LookBackDays: write the days of time that are pulled each time, from 1 to 3660.")]
    [InlineData("WindowDays", "367", "WindowDays: write the days of time that one request asks for, from 1 to 366.")]
    [InlineData("RollOverPeriods", "121", "RollOverPeriods: write a number from 0 to 120.")]
    [InlineData("Http:Tries", "0", "Http: write Tries, TriesOfError500, Concurrent and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.")]
    [InlineData("TimeSource", "Timesheets", "TimeSource: write TimesheetEvent or Actions.")]
    [InlineData("DateZone", "Europe/Lundon", "DateZone: write a time zone such as UTC or Europe/London.")]
    [InlineData("TravelTime", "Extra", "TravelTime: write Separate or Included.")]
    [InlineData("ApprovedStatuses:0", "1", "ApprovedStatuses: TimesheetEvent tells no approval; set TimeSource to Actions, or leave the statuses out to bill time without it.")]
    [InlineData("ChargeRateNames:two", "Engineer", "ChargeRateNames: write names by the charge rates' ids, such as ChargeRateNames:2 Engineer.")]
    [InlineData("BillingPeriods:12", "Bimonthly", "BillingPeriods:12: write one of Weekly, Monthly, Quarterly, HalfYearly, Yearly, Biennial, Triennial, Quadrennial, Quinquennial by the period's number.")]
    [InlineData("ContractType", " ", "ContractType: write the agreement type of contracts that tell none.")]
    [InlineData("WriteInvoiceNumbers", "true", "WriteInvoiceNumbers: write what your invoices' numbers begin with into OwnInvoicePrefix, and set TimeSource to Actions; else time that carries our number would be taken for billed by Halo.")]
    public void Settings_ThatAreWrong_AreToldWithWhatToWrite(string name, string? value, string problem)
    {
        var error = Assert.Throws<InvalidDataException>(() => Register([.. Right, (name, value)]));

        Assert.Equal("Sources:HaloPsa:" + problem, error.Message);
    }

    private static IServiceCollection Register(params (string, string?)[] settings) =>
        new ServiceCollection().AddSingleton(TimeProvider.System).AddHaloPsa(ConnectedHalo.Section(settings));
}
