namespace MspBilling.Adapters.Capture;

/// <summary>A source at which our address can be put down, so that its vendor sends what changes there.</summary>
/// <remarks>
/// Ours are those of our address; all others are left alone. Each call throws <see cref="SourceException"/> for what the vendor refuses, and may be
/// made again: what was done before it is found done.
/// </remarks>
public interface IWebhookRegistration
{
    /// <summary>That of its <see cref="IRecordSource"/>.</summary>
    string Name { get; }

    /// <summary>The secret part of our address, from the settings.</summary>
    string SecretPath { get; }

    /// <summary>All that are put down, ours and others'.</summary>
    Task<IReadOnlyList<RegisteredWebhook>> ListAsync(Uri? address, CancellationToken cancellationToken);

    /// <summary>Puts down what is missing and makes active again what is not, so that there is one for each thing that we want to hear of.</summary>
    /// <param name="address">Ours, with its secret part.</param>
    /// <param name="rewrite">Whether those that stand are written again, with the secrets of the settings of now.</param>
    Task<IReadOnlyList<WebhookChange>> RegisterAsync(Uri address, bool rewrite, CancellationToken cancellationToken);

    /// <summary>Takes ours away.</summary>
    Task<IReadOnlyList<WebhookChange>> RemoveAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>What a vendor has put down.</summary>
/// <param name="Subject">What it is sent for, in the vendor's words.</param>
/// <param name="Problem">Why nothing comes of it, or null.</param>
public sealed record RegisteredWebhook(string Id, string Subject, string Address, bool IsOurs, bool IsActive, string? Problem = null);

public enum WebhookAction
{
    Kept,
    Created,

    /// <summary>It was inactive, or was to be written again.</summary>
    Renewed,
    Removed,
}

/// <param name="Id">The vendor's.</param>
public sealed record WebhookChange(string Subject, WebhookAction Action, string Id);
