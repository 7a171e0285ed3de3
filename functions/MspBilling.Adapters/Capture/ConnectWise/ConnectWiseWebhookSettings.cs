namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Section <c>Sources:ConnectWise:Webhooks</c>.</summary>
public sealed class ConnectWiseWebhookSettings : WebhookSettings
{
    internal static readonly IReadOnlyList<string> UsualTypes = ["company", "agreement", "project", "ticket", "configuration", "time", "expense"];

    /// <summary>Types of callbacks, spelled as the vendor's version wants them; none takes the usual ones.</summary>
    public IReadOnlyList<string> Types { get; set; } = [];

    /// <summary>The form of what is sent.</summary>
    public string PayloadVersion { get; set; } = "3.0.0";

    internal IReadOnlyList<string> AskedTypes => Types.Count > 0 ? Types : UsualTypes;

    internal override IEnumerable<string> Problems(string section)
    {
        foreach (var problem in base.Problems(section))
            yield return problem;
        if (Types.Any(string.IsNullOrWhiteSpace))
            yield return section + "Types: write types of callbacks such as time, none of them blank, or leave them out.";
        if (string.IsNullOrWhiteSpace(PayloadVersion))
            yield return section + "PayloadVersion: write a version such as 3.0.0.";
    }
}
