namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Section <c>Sources:HaloPsa:Webhooks</c>.</summary>
public sealed class HaloWebhookSettings : WebhookSettings
{
    /// <summary>Of Basic authentication, which is all that Halo signs in with; registering gives them to Halo.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>
    /// Numbers of the events that are told, of each of which one webhook is made. Halo documents them nowhere: make a webhook with the events by hand, and
    /// <c>webhooks list</c> shows their numbers. Without them webhooks are received and cannot be registered.
    /// </summary>
    public IReadOnlyList<int> Events { get; set; } = [];

    internal override IEnumerable<string> Problems(string section)
    {
        foreach (var problem in base.Problems(section))
            yield return problem;

        // A colon would end the user's name in the header.
        if (User.Length == 0 || User.Any(c => c is <= ' ' or > '~' or ':'))
            yield return section + "User: make up a user name of letters and digits.";
        if (Password.Length is < 16 or > 100 || Password.Any(c => c is <= ' ' or > '~'))
            yield return section + "Password: make up a password of 16 to 100 letters, digits and symbols.";
        if (Events.Any(number => number < 0))
            yield return section + "Events: write the numbers of events, as webhooks list shows them.";
    }
}
