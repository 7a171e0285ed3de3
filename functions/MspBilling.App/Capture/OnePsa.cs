using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>One PSA platform tells who the clients are: another one's ids may be the same for other companies.</summary>
internal static class OnePsa
{
    /// <param name="source">Of records that are about to be stored beside what the directory knows.</param>
    /// <returns>What forbids it and what to do, or null.</returns>
    public static string? Refusal(string source, ClientDirectory directory) => directory.Psa is { } psa && psa != source
        ? $"records of {psa}, whose companies are stored: the ids of {source} may stand for others. Take {source} into a storage of its own (Storage:Prefix)"
        : null;

    /// <summary>The platform whose lists a format is of; null for a format of our own or of a cloud.</summary>
    public static string? Of(string format) => format.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? format[..end] : null;
}
