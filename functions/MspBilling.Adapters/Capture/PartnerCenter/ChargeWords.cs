namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>What a line's charge type means, in FOCUS's categories.</summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/partnercenter/billing/recon-file-charge-types">Charge types</see>; Microsoft writes them with and without blanks. One that is not known
/// here is an adjustment and tagged <c>unknown-charge-type</c>, so that it is kept, counts and can be found.
/// </remarks>
internal static class ChargeWords
{
    public const string UnknownTag = "unknown-charge-type";
    public const string Usage = "Usage";
    public const string Purchase = "Purchase";
    public const string Credit = "Credit";
    public const string Adjustment = "Adjustment";

    private static readonly Dictionary<string, string> Categories = new[]
    {
        (Purchase, new[]
        {
            "new", "renew", "renewal", "addquantity", "purchase", "purchasefee", "purchasecharge", "purchaseprorate", "cyclefee", "cyclecharge", "cycleprorate", "cycleinstanceprorate",
            "activationfee", "activationprorate", "renewprorate", "renewfee", "prorate", "upgrade", "transition", "extend",
        }),
        (Credit, ["credit", "customercredit", "azurecredit", "refund", "onetimerefund", "offsetlineitem", "offsetalineitem", "taxrefund", "promotion", "cyclediscount", "activationdiscount", "renewdiscount"]),
        (Adjustment,
        [
            "removequantity", "cancel", "cancelimmediate", "cancelfee", "cancelprorate", "cancelinstanceprorate", "prorateswhencancel", "proratefeeswhencancel", "convert", "conversion", "rounding",
            "adjustment", "billingadjustment", "reversal", "canceldiscount",
        ]),
    }.SelectMany(words => words.Item2.Select(word => (Word: word, Category: words.Item1))).ToDictionary(pair => pair.Word, pair => pair.Category, StringComparer.OrdinalIgnoreCase);

    /// <param name="type">As the line has it.</param>
    public static (string Category, bool IsKnown) Of(string type) =>
        Categories.TryGetValue(string.Concat(type.Where(char.IsLetterOrDigit)), out var category) ? (category, true) : (Adjustment, false);
}
