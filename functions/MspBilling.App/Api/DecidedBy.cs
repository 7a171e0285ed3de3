namespace MspBilling.App.Api;

/// <summary>Who asks for something that has to be answered for, and why, in at most so many words as a row has room for.</summary>
internal static class DecidedBy
{
    private const int LongestName = 200;
    private const int LongestText = 2000;
    private const int LongestId = 200;

    /// <returns>What is missing or too long; null for nothing.</returns>
    public static string? Problem(string? by, string? why, string? id = null) =>
        string.IsNullOrWhiteSpace(by) || by.Length > LongestName ? $"Say who decides: \"by\", in at most {LongestName} characters."
        : string.IsNullOrWhiteSpace(why) || why.Length > LongestText ? $"Say why: \"why\", in at most {LongestText} characters."
        : id is { Length: 0 or > LongestId } ? $"\"id\" has 1 to {LongestId} characters; it is your own, and a request that is sent again has the same."
        : null;
}
