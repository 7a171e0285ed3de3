using System.Globalization;

namespace MspBilling.Adapters.Capture;

/// <summary>How the limits on a file are worded.</summary>
internal static class ReadLimit
{
    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");
}
