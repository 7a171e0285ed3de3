using System.Security.Cryptography;
using System.Text;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Whether a callback comes from who has the signing key: the header is HMAC-SHA256 of the body as it came, in base 64.</summary>
/// <remarks>
/// The key of the HMAC is the SHA-256 of the signing key's text (developer guide, "Verifying the Callback Source"). <c>{"ID":1}</c> with the signing key
/// <c>abc123</c> is <c>CFelirkRgUENcmP66hR6Awolwk2HYtUUbtZ1jfOODgQ=</c>.
/// </remarks>
public static class CallbackSignature
{
    public const string Header = "x-content-signature";

    /// <summary>Takes as long for a wrong signature as for the right one.</summary>
    public static bool IsRight(ReadOnlySpan<byte> body, string? signature, string signingKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(signingKey);
        var right = Convert.ToBase64String(HMACSHA256.HashData(SHA256.HashData(Encoding.UTF8.GetBytes(signingKey)), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature ?? ""), Encoding.UTF8.GetBytes(right));
    }
}
