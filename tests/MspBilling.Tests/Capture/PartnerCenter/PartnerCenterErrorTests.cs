using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.PartnerCenter;
using Xunit;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>What is wrong is said in words for who can mend it, and never with a secret.</summary>
public sealed class PartnerCenterErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "TenantId", "", "TenantId: write the id" },
        { "TenantId", "a/b", "TenantId: write the id" },
        { "ClientId", "", "ClientId: write the application" },
        { "ClientSecret", "with blank", "ClientSecret: write the value" },
        { "Currencies:0", "dollars", "Currencies: write the currencies" },
        { "Months", "1", "Months: write how many" },
        { "RefreshHours", "0", "RefreshHours: write a number" },
        { "GraphUrl", "http://graph.example/v1.0", "GraphUrl: write an address" },
        { "ExportTries", "0", "ExportMinutes, ExportTries, PollPause: write" },
        { "PageSize", "501", "PageSize: write a number" },
        { "Http:Tries", "0", "Http: write Tries" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_ThatAreWrong_AreToldWithWhatToWrite(string name, string? value, string words)
    {
        var settings = ConnectedPartner.Section([.. ConnectedPartner.SettingsFor(new Uri("http://127.0.0.1:1/")), (name, value)]);

        var problem = Assert.Throws<InvalidDataException>(() => new ServiceCollection().AddPartnerCenter(settings));

        Assert.StartsWith("Sources:PartnerCenter:" + words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_WithoutItsSection_DoesNotExist() =>
        Assert.Empty(new ServiceCollection().AddPartnerCenter(ConnectedPartner.Section([])));

    [Fact]
    public async Task Token_ThatIsRefused_IsToldWithoutTheSecret()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        using var source = partner.Restarted(("ClientSecret", "wrong-one"));

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectedPartner.PullAllAsync(source));

        Assert.Equal(SourceFailure.Unauthorized, failure.Failure);
        Assert.Contains("AADSTS7000215", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ThatAlwaysFails_IsAskedForSoOftenAndToldInTheVendorsWords()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        partner.Vendor.Fails = _ => true;

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectedPartner.PullAsync(partner.Source, partner.Source.Feeds[1], Token));

        Assert.Equal((SourceFailure.Unavailable, 3), (failure.Failure, partner.Vendor.Exports));
        Assert.Contains("usage/billed/export was asked for 3 times", failure.Message, StringComparison.Ordinal);
        Assert.Contains("InternalError: Try again.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blob_ThatIsNeverWhole_IsToldWithoutItsKey(bool isHalf)
    {
        await using var partner = await ConnectedPartner.StartAsync();
        partner.Vendor.Halves = _ => isHalf;
        partner.Vendor.KeyLasts = isHalf ? int.MaxValue : 0;

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectedPartner.PullAsync(partner.Source, partner.Source.Feeds[1], Token));

        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.Contains(isHalf ? "part-00000.json.gz is cut off" : "part-00000.json.gz was answered with 403", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customer_WhoseSubscriptionsMayNotBeSeen_IsLeftButNotAllOfThem()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        partner.Tenant.Subscriptions.Remove(PartnerTenant.Contoso);
        Assert.Single(await ConnectedPartner.PullAsync(partner.Source, partner.Source.Feeds[0], Token));

        partner.Tenant.Subscriptions.Clear();
        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectedPartner.PullAsync(partner.Source, partner.Source.Feeds[0], Token));
        Assert.Equal(SourceFailure.Unauthorized, failure.Failure);
    }

    [Fact]
    public async Task Invoice_WhoseLinesAreNotThereYet_StopsTheFeedRatherThanTakingItForFree()
    {
        await using var partner = await ConnectedPartner.StartAsync();
        partner.Tenant.AddInvoice("G031809099", 10);

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectedPartner.PullAsync(partner.Source, partner.Source.Feeds[1], Token));

        Assert.Equal(SourceFailure.Refused, failure.Failure);
        Assert.Contains("some days after the invoice", failure.Message, StringComparison.Ordinal);
    }
}
