using System.Diagnostics.CodeAnalysis;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>The two addresses of a ConnectWise PSA: where it is signed in to, and where its interface answers.</summary>
/// <remarks>
/// On the cloud the interface has a host of its own, <c>api-</c> before the site's (developer guide, "Authentication"); without it the answer is
/// "SSL is required.". An installation of one's own has one host. Plain HTTP is for this machine alone, because the keys are in every request.
/// </remarks>
internal sealed record ConnectWiseSite(Uri Login, Uri Api, bool IsCloud)
{
    private const string ApiPrefix = "api-";
    private static readonly string[] CloudDomains = [".myconnectwise.net", ".connectwisedev.com"];

    public static bool TryParse(string text, [NotNullWhen(true)] out ConnectWiseSite? site)
    {
        site = null;
        var address = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (text.Length == 0
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            return false;
        }

        var isCloud = CloudDomains.Any(domain => uri.Host.EndsWith(domain, StringComparison.Ordinal));
        var host = isCloud && uri.Host.StartsWith(ApiPrefix, StringComparison.Ordinal) ? uri.Host[ApiPrefix.Length..] : uri.Host;
        site = new ConnectWiseSite(
            new UriBuilder(uri) { Host = host }.Uri,
            new UriBuilder(uri) { Host = isCloud ? ApiPrefix + host : host }.Uri,
            isCloud);
        return true;
    }
}
