using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A list of edits of drafts in our own form (<see cref="RecordJson"/>), as they are kept when they are made.</summary>
public static class DraftEditsFile
{
    public static byte[] Write(IReadOnlyList<DraftEdit> edits) => RecordJson.Serialize<IReadOnlyList<CapturedRecord>>(edits);

    internal static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) =>
        RecordArray.Read(content, problems, json => OwnRecord.Read<DraftEdit>(json, "an edit of a draft as this program writes it", ProblemOf));

    private static (string Field, string Expected)? ProblemOf(DraftEdit edit) => edit switch
    {
        { Id: not { Source: "msp", Kind: RecordKind.DraftEdit, ExternalId.Length: > 0 } } => ("id", "the id of an edit"),
        _ when string.IsNullOrWhiteSpace(edit.ClientId) => ("clientId", "the client whose draft it is"),
        _ when string.IsNullOrWhiteSpace(edit.AgreementId) => ("agreementId", "the agreement whose lines it changes"),
        _ when edit.Currency == default => ("currency", "an ISO 4217 currency"),
        _ when string.IsNullOrWhiteSpace(edit.Text) => ("text", "what the client reads"),
        _ when string.IsNullOrWhiteSpace(edit.By) => ("by", "who edited"),
        _ when string.IsNullOrWhiteSpace(edit.Why) => ("why", "why it was edited"),
        _ when new[] { edit.Amount, edit.Percent, edit.To }.Count(value => value is not null) != 1 => ("amount", "one of amount, percent and to"),
        _ when edit is { To: not null, Line: null } => ("line", "the line that shall come to that"),
        _ when (edit.Service is null) == (edit is { Line: null, Percent: null }) => ("service", "the service of a line of its own, and of no other edit"),
        _ when Math.Abs(edit.Percent ?? 0) > 1000 => ("percent", "-1000 to 1000"),
        _ when !IsAmount(edit.Amount ?? edit.To ?? 0, edit.Currency) => ("amount", "an amount of the currency, less than a trillion"),
        _ => null,
    };

    private static bool IsAmount(decimal amount, Currency currency) => Math.Abs(amount) < JsonRecord.Trillion && Rounding.ToPlaces(amount, currency.MinorUnits) == amount;
}
