namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Section <c>Sources:Autotask:Webhooks</c>.</summary>
public sealed class AutotaskWebhookSettings : WebhookSettings
{
    private const int LongestSecret = 64;

    /// <summary>The kinds of records that Autotask sends webhooks for and that we pull.</summary>
    internal static readonly IReadOnlyList<string> UsualEntities = ["Companies", "ConfigurationItems", "Tickets"];

    /// <summary>The key that deliveries are signed with; registering gives it to Autotask.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Of <see cref="UsualEntities"/>; none takes all of them.</summary>
    public IReadOnlyList<string> Entities { get; set; } = [];

    /// <summary>Labels of the fields whose changes are told; none takes all that Autotask offers.</summary>
    public IReadOnlyList<string> Fields { get; set; } = [];

    /// <summary>To whom Autotask writes when it makes a webhook inactive; null takes the API user's address.</summary>
    public string? NotificationEmail { get; set; }

    internal IReadOnlyList<string> AskedEntities => Entities.Count > 0 ? Entities : UsualEntities;

    internal override IEnumerable<string> Problems(string section)
    {
        foreach (var problem in base.Problems(section))
            yield return problem;

        // "Secret key and payload verification" of the REST API: up to 64 letters, numbers and symbols.
        if (Secret.Length is < 16 or > LongestSecret || Secret.Any(c => c is <= ' ' or > '~'))
            yield return section + "Secret: make up a key of 16 to 64 letters, digits and symbols.";
        if (Entities.Any(entity => !UsualEntities.Contains(entity)))
            yield return section + "Entities: write some of " + string.Join(", ", UsualEntities) + ", or leave them out for all.";
        if (Fields.Any(string.IsNullOrWhiteSpace))
            yield return section + "Fields: write labels of fields, none of them blank, or leave them out for all.";
        if (NotificationEmail is not null && !NotificationEmail.Contains('@', StringComparison.Ordinal))
            yield return section + "NotificationEmail: write an e-mail address, or leave it out for the API user's.";
    }
}
