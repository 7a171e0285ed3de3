using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>A reference of one record to another, as <c>{"id":250,"name":"Contoso Ltd"}</c>.</summary>
internal readonly record struct Reference(string Id, string Name);

/// <summary>What all of ConnectWise's records have in common.</summary>
internal static class ConnectWiseFields
{
    /// <summary><c>billableOption</c>, <c>billCustomer</c> and <c>billTime</c>.</summary>
    private static readonly Dictionary<string, BillingOption> BillingWords = new(StringComparer.Ordinal)
    {
        ["Billable"] = BillingOption.Billable,
        ["DoNotBill"] = BillingOption.DoNotBill,
        ["NoCharge"] = BillingOption.NoCharge,
        ["NoDefault"] = BillingOption.Default,
    };

    /// <summary>Statuses of time and expenses that the PSA's own invoicing or a person there has settled (contract notes, section 4).</summary>
    private static readonly Dictionary<string, BillingOption> SettledStatuses = new(StringComparer.Ordinal)
    {
        ["Billed"] = BillingOption.BilledElsewhere,
        ["BilledAgreement"] = BillingOption.BilledElsewhere,
        ["WrittenOff"] = BillingOption.WrittenOffElsewhere,
    };

    /// <summary>
    /// For what was cancelled before it began: a period cannot be empty, and this day is in no month that is ever billed. The
    /// record is kept, because it replaces the one that was captured before the cancellation.
    /// </summary>
    private static Period NeverInForce { get; } = new(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));

    extension(JsonRecord json)
    {
        public RecordId RecordId(RecordKind kind) => new("connectwise", kind, json.IdText("id"));

        /// <summary>The numeric id, which is stable; names and identifiers change when a record is renamed.</summary>
        public string IdText(string name) => json.Whole(name, 0, long.MaxValue).ToString(CultureInfo.InvariantCulture);

        /// <summary><c>_info.lastUpdated</c>; null where the list does not carry it.</summary>
        public DateTimeOffset? Revision() => json.OptionalRecord("_info")?.OptionalInstant("lastUpdated");

        /// <summary>A reference that must be there, with its name.</summary>
        public Reference Reference(string name) => json.Record(name) is { } reference ? new Reference(reference.IdText("id"), reference.Text("name")) : default;

        public string ReferenceId(string name) => json.Record(name)?.IdText("id") ?? "";

        public string? OptionalReferenceId(string name) => json.OptionalRecord(name)?.IdText("id");

        /// <summary>The name of a reference that is told by its name alone; some lists give just that text.</summary>
        public string? OptionalReferenceName(string name) => json.IsText(name) ? json.OptionalText(name) : json.OptionalRecord(name)?.OptionalText("name");

        public BillingOption Option(string name) => json.OptionalWord(name, BillingWords) ?? BillingOption.Default;

        /// <summary>Of time and expenses: what their status has settled, and what is on an invoice of the PSA's own, is not asked to be billed any more.</summary>
        public BillingOption SettledOption(string name)
        {
            var option = json.Option(name);
            return SettledStatuses.TryGetValue(json.Text("status"), out var settled) ? settled
                : json.OptionalRecord("invoice") is not null ? BillingOption.BilledElsewhere
                : option;
        }

        /// <summary>The day after the last day, which ConnectWise gives; null where there is none.</summary>
        public DateOnly? DayAfter(string name, DateOnly start)
        {
            var last = json.OptionalDate(name);
            if (last < start)
                json.Problem(name, string.Create(CultureInfo.InvariantCulture, $"a date not before {start:yyyy-MM-dd}, on which it starts"));
            return last is null || last == DateOnly.MaxValue ? null : last.Value.AddDays(1);
        }
    }

    /// <summary>From a first day to the first day that is not charged; without one there is no end.</summary>
    public static Period InForce(DateOnly start, DateOnly? end) => start < (end ?? Period.NoEnd) ? new Period(start, end ?? Period.NoEnd) : NeverInForce;
}
