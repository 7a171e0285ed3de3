using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.Adapters.Capture;

/// <summary>A list of decisions about held work in our own form (<see cref="RecordJson"/>), as they are kept when they are made.</summary>
public static class DecisionsFile
{
    public static byte[] Write(IReadOnlyList<Decision> decisions) => RecordJson.Serialize<IReadOnlyList<CapturedRecord>>(decisions);

    internal static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) => RecordArray.Read(content, problems, json => OwnRecord.Read<Decision>(json, "a decision as this program writes it", ProblemOf));

    private static (string Field, string Expected)? ProblemOf(Decision decision) => decision switch
    {
        { Id: not { Source: "msp", Kind: RecordKind.Decision, ExternalId.Length: > 0 } } => ("id", "the id of a decision"),
        { Activity: { Source.Length: 0 } or { ExternalId.Length: 0 } } => ("activity", "the id of an activity"),
        { ClientId.Length: 0 } => ("clientId", "the client for which it was decided"),
        _ when string.IsNullOrWhiteSpace(decision.By) => ("by", "who decided"),
        _ when string.IsNullOrWhiteSpace(decision.Why) => ("why", "why it was decided"),
        _ when Reason.Find(decision.Reason) is null => ("reason", "the code of a reason for which work is held"),
        _ when (decision.Kind == DecisionKind.Withdraw) != (decision.Withdraws is not null) => ("withdraws", "the id of the decision that is withdrawn, and of no other kind"),
        _ when !Enum.IsDefined(decision.Kind) || !Enum.IsDefined(decision.Activity.Kind) => ("kind", "release, writeOff or withdraw"),
        _ when Math.Abs(decision.Hours) >= JsonRecord.Trillion || Math.Abs(decision.Units) >= JsonRecord.Trillion || Math.Abs(decision.Value?.Amount ?? 0) >= JsonRecord.Trillion => ("value", "less than a trillion"),
        _ => null,
    };
}
