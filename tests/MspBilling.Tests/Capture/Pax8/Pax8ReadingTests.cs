using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Pax8;
using MspBilling.Core.Capture;
using MspBilling.Tests.Capture.PartnerCenter;
using Xunit;

namespace MspBilling.Tests.Capture.Pax8;

/// <summary>How Pax8's items become charges, and how what is wrong is told.</summary>
public sealed class Pax8ReadingTests
{
    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "ClientId", "", "ClientId: write the client id" },
        { "ClientSecret", "a b", "ClientSecret: write the client secret" },
        { "PageSize", "201", "PageSize: write a number" },
        { "LookBackDays", "30", "LookBackDays: write for how many" },
        { "RefreshHours", "25", "RefreshHours: write a number" },
        { "UsageDays", "0", "UsageDays: write for how many" },
        { "TokenUrl", "token", "TokenUrl: write an address" },
        { "Http:PerMinute", "0", "Http: write Tries" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_ThatAreWrong_AreToldWithWhatToWrite(string name, string? value, string words)
    {
        var settings = ConnectedPax8.Section([.. ConnectedPax8.SettingsFor(new Uri("http://127.0.0.1:1/")), (name, value)]);

        Assert.StartsWith("Sources:Pax8:" + words, Assert.Throws<InvalidDataException>(() => new ServiceCollection().AddPax8(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatIsRefused_IsToldWithoutTheSecret()
    {
        await using var pax8 = await ConnectedPax8.StartAsync();
        using var source = pax8.Restarted(("ClientSecret", "wrong-one"));

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectedPartner.PullAllAsync(source));

        Assert.Equal((SourceFailure.Unauthorized, "Pax8 gave no token, it answered 401: access_denied; Unauthorized with ***. Check Sources:Pax8:ClientId and ClientSecret."), (failure.Failure, failure.Message));
    }

    [Fact]
    public void Items_WithoutIds_AreToldApartByWhatTheyChargeForAndAddedUp()
    {
        JsonObject One(decimal quantity, decimal cost, int day = 1) => Pax8Account.Item(null, Pax8Account.Contoso, "Contoso Ltd", 10, "subscription", quantity, cost, day);

        var there = Read(One(1, 20.15m), One(2, 40.30m), One(5, 50m, day: 16)).Records.Cast<UsageRecord>().ToList();

        Assert.Equal([(5m, 50m), (3m, 60.45m)], there.Select(charge => (charge.Quantity, charge.Cost)).OrderByDescending(charge => charge.Quantity));
        Assert.Equal(ConnectedPartner.Contents(there), ConnectedPartner.Contents(Read(One(5, 50m, day: 16), One(2, 40.30m), One(1, 20.15m)).Records));
    }

    [Fact]
    public void Item_OfAKindThatIsNotKnownOrOfNoCompany_IsKeptAndCanBeFound()
    {
        var odd = Pax8Account.Item("x", null, null, 10, "loyalty-fee", 0, -5m);
        odd.Remove("costTotal");
        odd.Remove("startPeriod");

        var charge = Assert.IsType<UsageRecord>(Assert.Single(Read(odd).Records));

        Assert.Equal(("partner", "Adjustment", -5m, new DateOnly(2026, 10, 1)), (charge.SubAccountId, charge.Category, charge.Cost, charge.Day));
        Assert.Contains("unknown-item-type=loyalty-fee", charge.Tags!);
        Assert.Equal("Microsoft 365 Business Premium, loyalty-fee", charge.Description);
    }

    [Fact]
    public void Page_WithAnItemThatCannotBeRead_TellsNothing()
    {
        var broken = Pax8Account.Item("x", Pax8Account.Contoso, "Contoso Ltd", 10, "subscription", 1, 1m);
        broken["currencyCode"] = "dollars";

        var read = ImportReader.ReadPage("page.json", "pax8-invoice-items", new MemoryStream(Page(broken, Pax8Account.Item("y", Pax8Account.Contoso, "Contoso Ltd", 10, "subscription", 1, 1m))));

        Assert.Empty(read.Records);
        var (unreadable, problem) = (Assert.Single(read.Unreadable), read.Unreadable[0].Problem);
        Assert.Equal(("x", "items[0].currencyCode", "an ISO 4217 currency code such as USD"), (unreadable.ExternalId, problem.Field, problem.Expected));
    }

    private static ImportResult Read(params JsonObject[] items) => ImportReader.Read("page.json", "pax8-invoice-items", new MemoryStream(Page(items)));

    private static byte[] Page(params JsonObject[] items) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["inArrears"] = true,
        ["billedByPax8"] = false,
        ["invoice"] = new JsonObject { ["id"] = "i-10", ["invoiceDate"] = "2026-10-01", ["isVoid"] = false },
        ["items"] = new JsonArray([.. items]),
    }.ToJsonString());
}
