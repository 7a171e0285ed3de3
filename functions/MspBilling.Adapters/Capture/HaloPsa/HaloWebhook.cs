using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Whether a delivery to our webhook came from who knows its password and its address.</summary>
/// <remarks>
/// Halo documents no signature for what it sends, only Basic authentication (usehalo.com/guide/webhook-integration); so the address has a secret part, too, and what
/// is delivered is taken for a hint of what to ask for and never for the record. Both are compared in constant time, whatever their lengths, and
/// both always, so that the time tells neither which was wrong nor how much of it was right.
/// </remarks>
public static class HaloWebhook
{
    /// <param name="authorization">The header, as it came; null when there was none.</param>
    /// <param name="secretPath">The secret part of the address that was called.</param>
    /// <returns>False too where we have no password or secret part to compare with.</returns>
    public static bool IsGenuine(string? authorization, string? secretPath, string user, string password, string expectedPath)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(expectedPath);
        var isUser = IsSame(CredentialsOf(authorization), Encoding.UTF8.GetBytes($"{user}:{password}"));
        var isPath = IsSame(Encoding.UTF8.GetBytes(secretPath ?? ""), Encoding.UTF8.GetBytes(expectedPath));
        return isUser & isPath & (password.Length > 0) & (expectedPath.Length > 0);
    }

    // Digests are of one length, so that neither the length nor the place of the first difference shows.
    private static bool IsSame(byte[] given, byte[] expected) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), SHA256.HashData(expected));

    private static byte[] CredentialsOf(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase) || header.Parameter is not { } parameter)
            return [];

        var bytes = new byte[parameter.Length];
        return Convert.TryFromBase64String(parameter, bytes, out var written) ? bytes[..written] : [];
    }
}
