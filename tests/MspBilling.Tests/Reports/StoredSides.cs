using MspBilling.Adapters.Storage;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary>September of three clients, of whom Microsoft, Pax8, an RMM and the PSA tell; reckoned by hand.</summary>
/// <remarks>
/// <para>Corrib Foods: 40 licences at 18.00 USD and 5 more from the 14th are bought, 47 in use, 40 sold at 26.40 EUR; 10 mailboxes are bought at 4.00 under a name that nobody mapped.</para>
/// <para>Atlas Freight: 30 bought, 28 in use, 30 sold. 12 backups are bought of Pax8 at 17.00, 15 sold at 25.00.</para>
/// <para>Moy Dental: 5 bought, the addition ended in August. 3 servers, 2 sold at 85.00.</para>
/// </remarks>
internal static class StoredSides
{
    public static async Task<TestStorage> OnAsync(AzuriteFixture azurite, ReconciliationSettings? settings = null)
    {
        var token = TestContext.Current.CancellationToken;
        var storage = await azurite.CreateAsync();
        CapturedRecord[] references =
        [
            Records.Settings with
            {
                AgreementTypes = [new AgreementType(Records.TypeName, [Lines.Additions()])],
                Reconciliation = settings,
                CloudAccounts = [new("Microsoft", "t-250", "CO250"), new("Microsoft", "t-251", "CO251"), new("Microsoft", "t-252", "CO252"), new("Pax8", "x-251", "CO251")],
            },
            Records.Company(), Records.Company("251", "Atlas Freight"), Records.Company("252", "Moy Dental"),
            Records.Agreement(), Records.Agreement("102", "Atlas support") with { CompanyId = "251" }, Records.Agreement("103", "Moy support") with { CompanyId = "252" },
            Sides.Product(), Sides.Product("PAX-BKP", "BKP", "Pax8"), Sides.Product("Server", "SRV", "devices"),
        ];
        Activity[] activities =
        [
            Sides.Purchase("1", 40) with { SubAccountId = "t-250" }, Sides.Purchase("2", 5, 9, day: "2024-09-14") with { SubAccountId = "t-250" },
            Sides.Seats("1", 40, "2024-09-01"), Sides.Seats("2", 45, "2024-09-14"), Sides.InUse("3", 47), Sides.Sold("1", 40),
            Sides.Purchase("3", 10, 4, "CFQ7TTC0LH16:0001", "Exchange Online (Plan 1) NCE") with { SubAccountId = "t-250" }, Sides.Sold("2", 10, 6, "EXOP1", "Exchange Online P1"),
            Sides.Purchase("4", 30) with { SubAccountId = "t-251" }, Sides.InUse("4", 28) with { CompanyId = "cw-251" }, Sides.Sold("3", 30) with { AgreementId = "102" },
            Sides.Purchase("5", 12, 17, "PAX-BKP", "Cloud backup", provider: "Pax8") with { SubAccountId = "x-251" }, Sides.Sold("4", 15, 25, "BKP", "Managed backup") with { AgreementId = "102" },
            Sides.Purchase("6", 5) with { SubAccountId = "t-252" }, Sides.Sold("5", 5) with { AgreementId = "103", InForce = Days.Between("2024-01-01", "2024-09-01") },
            .. Enumerable.Range(1, 3).Select(id => Records.Device($"{id}") with { CompanyId = "252", CompanyName = "Moy Dental" }), Sides.Sold("6", 2, 85, "SRV", "Server care") with { AgreementId = "103" },
        ];
        await storage.Get<RecordStore>().StoreReferencesAsync(references, "payload", token);
        await storage.Get<RecordStore>().StoreActivitiesAsync(activities, ClientDirectory.Of(references), "payload", Captured.Untold, token);
        return storage;
    }
}
