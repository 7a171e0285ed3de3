using System.Globalization;

namespace MspBilling.Core.Capture;

/// <summary>An activity in words for people, in a line: who, what for, how much.</summary>
public static class ActivityWords
{
    public static string Describe(Activity activity) => activity switch
    {
        TimeEntry t => string.Create(CultureInfo.InvariantCulture, $"{t.TechnicianName}, {t.Hours:#,##0.00} h{Part(", ticket #", t.TicketId)}{Part(", ", t.TicketSummary ?? t.ProjectName)}{Part(": ", t.Notes)}"),
        UsageRecord u => string.Create(CultureInfo.InvariantCulture, $"{u.Provider} {u.Service}, account {u.SubAccountName ?? u.SubAccountId}: {u.Description}{(u.Currency is { } currency ? string.Create(CultureInfo.InvariantCulture, $", cost {u.Cost} {currency}") : string.Create(CultureInfo.InvariantCulture, $", {u.Quantity:#,##0.####} {u.Unit}"))}"),
        Addition a => string.Create(CultureInfo.InvariantCulture, $"{a.Quantity:#,##0.####} x {a.Description} ({a.Sku})"),
        Device d => $"{d.DeviceType} {d.Name}",
        Expense e => string.Create(CultureInfo.InvariantCulture, $"{e.Quantity:#,##0.####} x {e.Description}"),
        Count c => string.Create(CultureInfo.InvariantCulture, $"{c.Quantity:#,##0.####} x {c.Description} ({c.Sku})"),
        Milestone m => $"Milestone {m.Name}",
        _ => activity.Id.ToString(),
    };

    /// <summary>The activity's own date; null for what stands all month. Time by its UTC day: whose zone counts is the client's matter.</summary>
    public static DateOnly? DateOf(Activity activity) => activity switch
    {
        TimeEntry t => DateOnly.FromDateTime(t.Start.UtcDateTime),
        UsageRecord u => u.Day,
        Milestone m => m.CompletedOn,
        Expense e => e.Day,
        Count c => c.Day,
        _ => null,
    };

    private static string Part(string before, string? text) => string.IsNullOrWhiteSpace(text) ? "" : before + text;
}
