using System.Security.Cryptography;
using System.Text;

namespace MspBilling.Adapters.Capture;

/// <summary>A source whose vendor tells of changes as they happen.</summary>
/// <remarks>
/// What is delivered is a hint of which records to ask the source for, and never the record: a delivery that is lost, comes twice or out of order
/// does no harm, and neither would one that somebody else made.
/// </remarks>
public interface IWebhookSource
{
    /// <summary>That of its <see cref="IRecordSource"/>.</summary>
    string Name { get; }

    /// <summary>Whether a delivery is the vendor's, by the vendor's own scheme over the bytes as they came, compared in constant time.</summary>
    Task<WebhookProof> ProveAsync(WebhookDelivery delivery, CancellationToken cancellationToken);

    /// <summary>What a genuine delivery tells. Never throws: what is not known tells of no records.</summary>
    WebhookEvent Read(ReadOnlyMemory<byte> body);

    /// <summary>The ids under which what is fetched by one id is stored, to be marked when it is gone.</summary>
    IReadOnlyList<string> StoredAs(WebhookRecord record) => [record.ExternalId];
}

/// <summary>Whether a delivery is the vendor's.</summary>
public enum WebhookProof
{
    NotGenuine,
    Genuine,

    /// <summary>What it is to be compared with could not be had from the vendor; it may be sent again.</summary>
    NotNow,
}

/// <summary>A delivery as it came.</summary>
/// <param name="SecretPath">The secret part of the address that was called; null where there was none.</param>
/// <param name="Header">A header's value by its name, or null.</param>
public sealed record WebhookDelivery(ReadOnlyMemory<byte> Body, string? SecretPath, Func<string, string?> Header)
{
    /// <summary>Whether the address has the secret part that we gave out, compared in constant time: digests are of one length.</summary>
    public bool IsAt(string secretPath) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(SecretPath ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(secretPath)));
}

/// <summary>What a delivery tells.</summary>
/// <param name="Key">Tells the event apart from the source's others; null where the vendor sends nothing that does, and the bytes have to.</param>
/// <param name="At">When it happened by the vendor's clock; null where it does not tell.</param>
/// <param name="What">For people, such as <c>time updated</c>.</param>
/// <param name="Records">What to ask the source for; none where it is about nothing that we pull.</param>
public sealed record WebhookEvent(string? Key, DateTimeOffset? At, string What, IReadOnlyList<WebhookRecord> Records);

/// <summary>A record of a feed.</summary>
/// <param name="IsDeletion">Whether it is told to be deleted. Such a hint is remembered beside the others of the record, whichever comes last.</param>
public sealed record WebhookRecord(string Feed, string ExternalId, bool IsDeletion = false);
