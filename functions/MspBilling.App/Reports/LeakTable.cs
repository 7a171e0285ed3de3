using MspBilling.Core.Reports;

namespace MspBilling.App.Reports;

/// <summary>The leak ledger as a table: a row for each held item and for each finding, one more for each further currency.</summary>
internal static class LeakTable
{
    private sealed record Row(string Kind, string ClientId, string Client, string What, HeldItem? Held, int Items, CurrencyValue? Worth, string Action);

    public static byte[] Write(LeakLedger ledger) => CsvTable.Write(
        ledger.Items.Select(Of).Concat(ledger.Findings.SelectMany(Of)),
        ("Kind", r => r.Kind), ("Client id", r => r.ClientId), ("Client", r => r.Client), ("What", r => r.What), ("Id", r => r.Held?.Id), ("Date", r => r.Held?.Date), ("Age in days", r => r.Held?.AgeDays),
        ("Held for days", r => r.Held?.HeldDays), ("Items", r => r.Items), ("Hours", r => r.Held?.Hours), ("Units", r => r.Held?.Units), ("Currency", r => r.Worth?.Currency.Code), ("Worth", r => r.Worth?.Value),
        ("What settles it", r => r.Action), ("Decided by", r => r.Held?.Decided?.By));

    private static Row Of(HeldItem item) => new(
        "held", item.ClientId, item.ClientName, $"{item.Title}: {string.Join(" ", new[] { item.Description, item.Detail }.Where(text => text is not null))}", item, 1, item.Value, item.Action);

    private static IEnumerable<Row> Of(LeakFinding finding) => finding.Worth.Select(worth => (CurrencyValue?)worth).DefaultIfEmpty(null)
        .Select(worth => new Row(Words(finding.Kind), finding.ClientId, finding.ClientName, finding.What, null, finding.Items, worth, finding.Action));

    /// <summary>A kind of finding, in words.</summary>
    public static string Words(LeakKind kind) => kind switch
    {
        LeakKind.ExpiredAgreement => "work on an expired agreement",
        LeakKind.VanishedRecurring => "recurring item that vanished",
        LeakKind.UnpricedUse => "use without an agreement line",
        LeakKind.ActivityWithoutInvoice => "activity without an invoice",
        LeakKind.SilentAgreement => "agreement that bills nothing",
        LeakKind.WrittenOff => "written off",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
