using System.Globalization;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Settings;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Rating;

/// <summary>Kinds of values that only a case has: it is written by hand, so that a local time needs no offset.</summary>
internal static class CaseFields
{
    private const int MostDays = 366;
    private const string PeriodWords = "a month like 2024-09, or from and to";
    private const string StartWords = "a time like 2024-09-18T14:30, local or with its offset";

    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    // Dates that are reckoned on from, by years and cycles, stay far from the ends of the calendar.
    private static readonly Period Dates = new(new DateOnly(1970, 1, 1), new DateOnly(2200, 1, 1));

    private static readonly Dictionary<string, BillingOption> Options = new(StringComparer.Ordinal)
    {
        ["default"] = BillingOption.Default,
        ["billable"] = BillingOption.Billable,
        ["noCharge"] = BillingOption.NoCharge,
        ["doNotBill"] = BillingOption.DoNotBill,
        ["billedElsewhere"] = BillingOption.BilledElsewhere,
        ["writtenOffElsewhere"] = BillingOption.WrittenOffElsewhere,
    };

    extension(JsonRecord json)
    {
        /// <summary>A month as <c>2024-09</c>, or an object with <c>from</c> and <c>to</c>, which is the first day after.</summary>
        public Period BilledPeriod(string name)
        {
            var asked = Period.MonthOf(Dates.Start);
            if (json.IsText(name))
            {
                if (Period.TryParseMonth(json.Text(name), out var month) && Dates.Overlap(month) is not null)
                    return month;
                json.Problem(name, PeriodWords);
            }
            else if (!json.Has(name))
            {
                // Asked for all the same, so that the name is known.
                json.OptionalText(name);
                json.Problem(name, PeriodWords);
            }
            else if (json.Record(name) is { } span)
            {
                var before = json.Problems;
                asked = span.FromTo();
                span.RefuseOthers();
                if (json.Problems == before && (asked.Days > MostDays || Dates.Overlap(asked) != asked))
                    json.Problem(name, $"at most {MostDays} days, from 1970 to 2199");
            }

            return asked;
        }

        public Currency? OptionalCurrency(string name) => json.OptionalText(name) is null ? null : json.IsoCurrency(name);

        public BillingOption Option(BillingOption unsaid = BillingOption.Default) => json.OptionalWord("option", Options) ?? unsaid;

        public IReadOnlyList<string>? Tags() => json.Texts("tags") is { Count: > 0 } tags ? tags : null;

        /// <summary>True when absent or null.</summary>
        public bool FlagUnlessFalse(string name)
        {
            var flag = json.Flag(name);
            return flag || !json.Has(name);
        }

        public DateTimeOffset? OptionalZonedInstant(string name, TimeZoneInfo zone)
        {
            if (json.Has(name))
                return json.ZonedInstant(name, zone);

            // Asked for all the same, so that the name is known.
            json.OptionalText(name);
            return null;
        }

        /// <summary>With an offset as it is; without one, in the zone.</summary>
        public DateTimeOffset ZonedInstant(string name, TimeZoneInfo zone)
        {
            if (json.OptionalText(name) is not { } text)
            {
                // A value that is no text has been said to be none.
                if (!json.Has(name) || json.IsText(name))
                    json.Problem(name, StartWords);
                return default;
            }

            var isLocal = DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
            DateTimeOffset instant = default;
            var isInstant = !isLocal && JsonRecord.TryInstant(text, out instant);
            if (!(isLocal || isInstant) || !Dates.Contains(DateOnly.FromDateTime(isLocal ? local : instant.UtcDateTime)))
            {
                json.Problem(name, StartWords);
                return default;
            }

            if (isInstant)
                return instant;

            var instants = InstantsOf(local, zone);
            if (instants is [var only])
                return only;

            // A guess between the two hours of an autumn night would be a guess at a price.
            json.Problem(name, $"a time with its offset, as the clocks of {zone.Id} are put {(instants.Count == 0 ? "forward" : "back")} over this one");
            return default;
        }
    }

    // By the offsets a day before and after: what a zone's own rules say of a local time is not to be relied on where summer time is the standard, as in Ireland.
    private static List<DateTimeOffset> InstantsOf(DateTime local, TimeZoneInfo zone)
    {
        var around = new DateTimeOffset(local, TimeSpan.Zero);
        return
        [
            .. new[] { around.AddDays(-1), around.AddDays(1) }.Select(zone.GetUtcOffset).Distinct()
                .Select(offset => new DateTimeOffset(local, offset)).Where(instant => zone.GetUtcOffset(instant) == instant.Offset),
        ];
    }
}
