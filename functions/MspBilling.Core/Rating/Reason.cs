using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MspBilling.Core.Rating;

/// <summary>Why an activity is not billed, in words for people, with what settles it.</summary>
/// <param name="Code">Stable; stored and used in addresses.</param>
/// <param name="Title">What is the matter.</param>
/// <param name="Action">What a person does about it; empty where nothing has to be done.</param>
/// <param name="Released">What becomes of the work when somebody releases it in spite of this; null where nobody can, because what is missing is not theirs to decide.</param>
/// <remarks>Stored as its code alone, so that better words can be found for an old reason.</remarks>
[JsonConverter(typeof(CodeConverter))]
public sealed record Reason(string Code, string Title, string Action, string? Released = null)
{
    public static readonly Reason UnapprovedTime = new("unapproved-time", "Time that is not approved", "Approve the time sheet in the PSA and import the time again, or release it.", "It is billed without approval.");
    public static readonly Reason UnapprovedExpense = new("unapproved-expense", "An expense that is not approved", "Approve the expense report in the PSA and import the expense again, or release it.", "It is billed without approval.");
    public static readonly Reason UnknownClient = new("unknown-client", "Work for a company or account that is not known", "Import the company, or say whose it is: map list has the names.");
    public static readonly Reason UnknownAgreement = new("unknown-agreement", "Work on an agreement that is not known", "Import the agreement, or move the work to another one in the PSA.");
    public static readonly Reason AgreementNotInForce = new("agreement-not-in-force", "Work on an agreement that had ended or not begun", "Renew the agreement, or move the work to one that is in force.");
    public static readonly Reason UnknownProject = new("unknown-project", "Work on a project that is not known, or is another client's", "Import the project, correct the project or the company of the entry in the PSA, or release it.", "It is billed as work that no fixed price pays for.");
    public static readonly Reason NoAgreement = new("no-agreement", "No agreement in force prices this", "Make an agreement whose type prices it, or write it off.");
    public static readonly Reason SeveralAgreements = new("several-agreements", "More than one agreement could price this", "Name the agreement on the entry in the PSA.");
    public static readonly Reason UnpricedType = new("unpriced-agreement-type", "The agreement's type has no prices", "Add the agreement type to agreementTypes in the settings.");
    public static readonly Reason NoLine = new("no-agreement-line", "The agreement has no line for this", "Add a line of this kind to the agreement's type in the settings.");
    public static readonly Reason MissingRole = new("missing-role", "Time without a work role", "Set the work role on the entry in the PSA.");
    public static readonly Reason MissingRate = new("missing-rate", "No hourly rate for the work in the agreement's currency", "Set the rate on the agreement, or the role's rate in the PSA.");
    public static readonly Reason NegativeHours = new("negative-hours", "Time below zero", "Correct the entry in the PSA.");
    public static readonly Reason ZeroPrice = new("zero-price", "Priced at zero although it has a cost", "Set a price, mark it as no charge in the PSA, or release it.", "It is accepted as no charge.");
    public static readonly Reason MissingDevicePrice = new("missing-device-price", "A device type without a price", "Add the type's price to the agreement type in the settings, or mark the device as not billed.");
    public static readonly Reason MissingPrice = new("missing-price", "No price in force on the days that are billed", "Add a price for those days to the agreement's line.");
    public static readonly Reason MissingCompletionDate = new("missing-completion-date", "A completed milestone without the day of its completion", "Set the phase's actual end in the PSA.");
    public static readonly Reason MissingAmount = new("missing-amount", "A completed milestone without an amount", "Set the milestone's amount in the PSA.");
    public static readonly Reason OtherCurrency = new("other-currency", "An amount in a currency that no agreement of the client has", "Make an agreement in that currency.");
    public static readonly Reason MissingTaxRate = new("missing-tax-rate", "No tax rate for the client on the day of supply", "Add the tax jurisdiction or its rate for that day to the settings, or what else is named here.");
    public static readonly Reason NegativeInvoice = new("negative-invoice", "The credits of the period are more than its charges", "Bill it together with the next period, or issue a credit note.");
    public static readonly Reason TooManyInvoices = new("too-many-invoices", "More invoices for one client and period than can be issued at once", "Have the client's invoices split otherwise: split under billing in the settings.");
    public static readonly Reason Quarantined = new("quarantined-client", "The client's data cannot be billed", "Mend what the run's page names for this client and close the period again.");
    public static readonly Reason AwaitsApproval = new("awaits-approval", "On a draft that waits for approval", "Look at the draft, then approve it, or cancel it and close the period again.");
    public static readonly Reason HeldByRule = new("held-by-rule", "A rule of the MSP asks for a look at this", "Look at what the rule names, then release it, or change the rule or the work.", "It passes that rule and is billed.");
    public static readonly Reason MissingConversion = new("missing-conversion-rate", "A cost in another currency without a rate for its day", "Add the conversion rate for the day to the agreement's line.");
    public static readonly Reason MissingCost = new("missing-cost", "Priced by its cost, which is not known", "Set the cost or a price in the PSA.");
    public static readonly Reason MissingSubject = new("missing-subject", "Counted by whom or what it is of, which the record does not tell", "Send the subject with the usage record, or price the line by another aggregation.");
    public static readonly Reason MissingExpensePrice = new("missing-expense-price", "An expense without a price, and no mark-up on its cost agreed", "Set the price in the PSA, or the mark-up on the agreement's line.");
    public static readonly Reason UnlistedMilestone = new("unlisted-milestone", "A milestone that its project's prices do not name", "Add the milestone to the project's prices in the agreement, or release it.", "It is billed at its own amount.");
    public static readonly Reason MilestoneTwice = new("milestone-twice", "A milestone of a name that was billed already", "Give the milestone a price of its own in the agreement, release it, or write it off.", "It is billed once more.");
    public static readonly Reason LessThanBilled = new("less-than-billed", "Less use than was invoiced", "Look at why the use fell, then release it, write it off, or let the agreement's line credit lower use.", "The difference is credited, once all of the line that is held for it is released.");
    public static readonly Reason Late = new("late", "Came or changed after its period was invoiced", "Close the next period: its invoice has the difference as an adjustment.");
    public static readonly Reason Credited = new("credited", "Its line was credited, to be billed again", "Close the next period: its invoice bills it again.");
    public static readonly Reason NotAdjusted = new("period-not-adjusted", "Came or changed after its period was invoiced, and the period cannot be computed again", "Mend what is named here, then close the next period: its invoice has the difference.");

    public static readonly Reason DoNotBill = new("do-not-bill", "Marked do not bill in the PSA", "");
    public static readonly Reason NoCharge = new("no-charge", "Marked no charge in the PSA", "");
    public static readonly Reason Internal = new("internal", "The MSP's own work", "");
    public static readonly Reason BilledElsewhere = new("billed-in-psa", "Already invoiced by the PSA", "");
    public static readonly Reason NoTime = new("no-time", "An entry of zero hours", "");
    public static readonly Reason CountsNotPriced = new("counts-not-billed", "The client's agreements do not bill this count", "");
    public static readonly Reason Waived = new("waived", "Waived by a rule of the MSP", "");
    public static readonly Reason Inactive = new("inactive-device", "A device that is not active or not marked for billing", "");
    public static readonly Reason DevicesNotPriced = new("devices-not-billed", "The client's agreements do not bill devices", "");
    public static readonly Reason Deleted = new("deleted-in-psa", "Deleted in the PSA", "");
    public static readonly Reason Withdrawn = new("restated-usage", "Not in the provider's later export of its day any more", "");
    public static readonly Reason AcceptedNoCharge = new("accepted-no-charge", "Accepted as no charge by a person", "");
    public static readonly Reason WrittenOff = new("written-off", "Written off by a person", "");
    public static readonly Reason WrittenOffInPsa = new("written-off-in-psa", "Written off in the PSA", "");

    public static readonly Reason Retainer = new("retainer", "Paid for by a retainer", "");
    public static readonly Reason IncludedTravel = new("included-travel", "Travel that the agreement includes", "");
    public static readonly Reason NotDue = new("not-due", "Billed with the period in which its cycle is due", "");
    public static readonly Reason Trial = new("trial", "In a free trial", "");
    public static readonly Reason AboveCap = new("above-cap", "Above the agreed limit and written down", "");
    public static readonly Reason IncludedUnits = new("included-units", "Included in the agreement's fee", "");
    public static readonly Reason ProviderTax = new("provider-tax", "The provider's own tax, which the price does not charge apart", "");
    public static readonly Reason FixedFeeProject = new("fixed-fee-project", "Covered by the project's fixed price", "");
    public static readonly Reason BelowSmallestUnit = new("below-smallest-unit", "Altogether less than half of the smallest coin", "");

    private static readonly FrozenDictionary<string, Reason> All = typeof(Reason)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<Reason>()
        .ToFrozenDictionary(reason => reason.Code, StringComparer.Ordinal);

    /// <summary>All reasons, in the order of their codes.</summary>
    public static IEnumerable<Reason> Known => All.Values.OrderBy(reason => reason.Code, StringComparer.Ordinal);

    /// <summary>The reason of a code; null where there is none.</summary>
    public static Reason? Find(string? code) => code is null ? null : All.GetValueOrDefault(code);

    /// <exception cref="KeyNotFoundException">There is no such reason.</exception>
    public static Reason Of(string code) => Find(code) ?? throw new KeyNotFoundException($"There is no reason '{code}'.");

    private sealed class CodeConverter : JsonConverter<Reason>
    {
        public override Reason Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Reason value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }
}
