using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Tests.Storage;

/// <summary>Small records for the storage tests: two companies in Dublin and one in Austin.</summary>
internal static class Captured
{
    public static readonly DateTimeOffset Noon = new(2024, 9, 12, 12, 0, 0, TimeSpan.Zero);

    /// <summary>For who does not ask what an import touches.</summary>
    public static Touching Untold { get; } = _ => Task.CompletedTask;

    /// <summary>Stores activities of one payload.</summary>
    public static Task<RecordStore.Stored> StoreActivitiesAsync(
        this RecordStore records, IReadOnlyCollection<Activity> activities, ClientDirectory directory, string payload, Touching touching, CancellationToken token) =>
        records.StoreActivitiesAsync([.. activities.Select(activity => new Sourced<Activity>(activity, payload))], directory, KnownActivities.None, touching, token);

    /// <summary>Stores references of one payload beside what is stored.</summary>
    public static async Task StoreReferencesAsync(this RecordStore records, IReadOnlyCollection<CapturedRecord> references, string payload, CancellationToken token) =>
        await records.StoreReferencesAsync([.. references.Select(reference => new Sourced<CapturedRecord>(reference, payload))], await records.ReferenceSetAsync(token), token);

    public static MspSettings Settings { get; } = new()
    {
        Id = new RecordId("msp", RecordKind.MspSettings, "settings"),
        Name = "Test MSP",
        BrandColor = "#102030",
        HomeCurrency = Currency.Of("EUR"),
        InvoiceNumberPattern = "T-{0}",
        FirstInvoiceNumber = 1,
        ApprovedTimeStatuses = ["Approved"],
        DefaultTimeZone = "Europe/Dublin",
        DefaultLanguage = "en-IE",
        Clients = [new ClientSettings("C3", TimeZone: "America/Chicago")],
    };

    public static Company Company(string id) => new() { Id = new RecordId("connectwise", RecordKind.Company, id), Identifier = "C" + id, Name = "Company " + id };

    public static ClientDirectory Directory(params string[] companies) => ClientDirectory.Of([Settings, .. companies.Select(Company)]);

    public static TimeEntry Time(string id, string company = "1", decimal hours = 1, DateTimeOffset? start = null, DateTimeOffset? revision = null) => new()
    {
        Id = new RecordId("connectwise", RecordKind.Time, id),
        Revision = revision,
        CompanyId = company,
        CompanyName = "Company " + company,
        TechnicianId = "7",
        TechnicianName = "Tess",
        Start = start ?? Noon,
        Hours = hours,
        Status = "Approved",
    };
}
