using MspBilling.Adapters.Storage;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>One client with a cable of 50.00 and an SSD of 10.00 in September and in October, at cost and 10 %.</summary>
internal static class StoredExpenses
{
    public static CustomRule Tenth { get; } = new("tenth", "Cables are 10 % off", Lines.Always, new ActivityMatch { Skus = ["CAB*"] }, new MultiplyPrice(0.9m));

    /// <param name="rules">Of the client's agreement.</param>
    public static async Task<TestStorage> OnAsync(AzuriteFixture azurite, params IReadOnlyList<CustomRule> rules)
    {
        var token = TestContext.Current.CancellationToken;
        var storage = await azurite.CreateAsync();
        CapturedRecord[] references =
        [
            Records.Settings, Records.Company(),
            new AgreementDocument
            {
                Id = new RecordId("msp", RecordKind.AgreementDocument, "gold"), Client = "CO250", Name = "Gold", Currency = Currencies.EUR,
                Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [Lines.Expenses(markupPercent: 10)], rules)],
            },
        ];
        var activities = new[] { Expense("1", "2024-09-10", "CABLE", 50), Expense("2", "2024-09-11", "SSD", 10), Expense("3", "2024-10-10", "CABLE", 50), Expense("4", "2024-10-11", "SSD", 10) };
        await storage.Get<RecordStore>().StoreReferencesAsync(references, "payload", token);
        await storage.Get<RecordStore>().StoreActivitiesAsync(activities, ClientDirectory.Of(references), "payload", Captured.Untold, token);
        return storage;
    }

    private static Expense Expense(string id, string day, string sku, decimal cost) => new()
    {
        Id = new RecordId("connectwise", RecordKind.Expense, id),
        CompanyId = Records.CompanyId,
        CompanyName = "Corrib Foods",
        Day = Days.On(day),
        Description = sku,
        Sku = sku,
        Quantity = 1,
        UnitCost = cost,
        Currency = Currencies.EUR,
    };
}
