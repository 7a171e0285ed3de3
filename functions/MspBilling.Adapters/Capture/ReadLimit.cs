using System.Globalization;

namespace MspBilling.Adapters.Capture;

/// <summary>How the limits on a file are worded.</summary>
internal static class ReadLimit
{
    public static string Bytes(long bytes) => Number(bytes) + " bytes";

    public static string Number(long number) => string.Create(CultureInfo.InvariantCulture, $"{number:N0}");
}
