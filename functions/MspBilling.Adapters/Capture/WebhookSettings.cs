using System.Text.RegularExpressions;

namespace MspBilling.Adapters.Capture;

/// <summary>Section <c>Webhooks</c> of a source's settings; where it is left out, nothing is received for that source.</summary>
public partial class WebhookSettings
{
    /// <summary>The secret part of our address, so that nobody is listened to who was not told it.</summary>
    public string Path { get; set; } = "";

    /// <param name="section">The setting's name up to here, such as <c>Sources:HaloPsa:Webhooks:</c>.</param>
    internal virtual IEnumerable<string> Problems(string section)
    {
        if (!Secret().IsMatch(Path))
            yield return section + "Path: make up the secret part of the webhook's address, 16 to 100 letters and digits.";
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{16,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
