using System.Security.Cryptography;
using System.Text;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Whether a webhook comes from Autotask: the header <c>X-Hook-Signature</c> is <c>sha1=</c> and HMAC-SHA1 of the body as it came, in base 64.</summary>
/// <remarks>
/// REST API, "Webhooks", section "Secret key". The body is taken before anything reads it: Autotask escapes characters in its own way, and the same JSON written
/// again is other bytes. <c>{"Id":1}</c> with the secret <c>s3cret</c> is <c>sha1=lsYStl8QR6Bu6q8Bk6Wqv+PlWYc=</c>.
/// </remarks>
public static class WebhookSignature
{
    public const string Header = "X-Hook-Signature";

    private const string Scheme = "sha1=";

    /// <summary>Takes as long for a wrong signature as for the right one.</summary>
    public static bool IsRight(ReadOnlySpan<byte> body, string? signature, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        if (signature?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return false;

#pragma warning disable CA5350 // The vendor signs with SHA-1 and offers nothing else.
        var right = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature[Scheme.Length..]), Encoding.UTF8.GetBytes(right));
    }
}
