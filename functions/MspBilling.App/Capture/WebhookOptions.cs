namespace MspBilling.App.Capture;

/// <summary>How webhooks are received: section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>How old an event may be where its vendor tells when it happened; an older one is a replay.</summary>
    /// <remarks>Autotask sends within five minutes, and tries again some times (contract notes, section 7).</remarks>
    public int ReplayMinutes { get; set; } = 60;

    /// <summary>For how many days events are remembered, with their bodies, so that one that comes again is known.</summary>
    public int KeepDays { get; set; } = 30;

    /// <summary>After how many seconds a record is fetched: events that come until then are one fetch.</summary>
    public int DelaySeconds { get; set; } = 2;

    /// <summary>After how many tries a record waits for a person; a vendor that does not answer is tried for as long as it takes.</summary>
    public int MostTries { get; set; } = 5;

    /// <summary>The pause after the first try; it doubles with each, up to an hour.</summary>
    public int RetrySeconds { get; set; } = 30;

    /// <exception cref="InvalidOperationException">A setting cannot be worked with.</exception>
    public WebhookOptions Checked()
    {
        Require(ReplayMinutes is >= 1 and <= 10_080, nameof(ReplayMinutes), "1 to 10080");
        Require(KeepDays is >= 1 and <= 3660, nameof(KeepDays), "1 to 3660");
        Require(TimeSpan.FromDays(KeepDays) >= TimeSpan.FromMinutes(ReplayMinutes), nameof(KeepDays), $"as long as {nameof(ReplayMinutes)} at least");
        Require(DelaySeconds is >= 0 and <= 3600, nameof(DelaySeconds), "0 to 3600");
        Require(MostTries >= 1, nameof(MostTries), "1 or more");
        Require(RetrySeconds is >= 0 and <= 3600, nameof(RetrySeconds), "0 to 3600");
        return this;
    }

    private static void Require(bool isRight, string name, string expected)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"The setting {Section}__{name} must be {expected}.");
        }
    }
}
