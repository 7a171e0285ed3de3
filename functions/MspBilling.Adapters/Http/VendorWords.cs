namespace MspBilling.Adapters.Http;

/// <summary>What a vendor says of a failure, as it goes into a message of ours: in one line, and of a length that can be read.</summary>
internal static class VendorWords
{
    private const int Most = 300;

    /// <returns>The words after a colon, without a full stop; nothing where it says nothing.</returns>
    public static string After(string said)
    {
        var line = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return line.Length switch
        {
            0 => "",
            > Most => ": " + line[..Most] + "…",
            _ => ": " + line,
        };
    }
}
