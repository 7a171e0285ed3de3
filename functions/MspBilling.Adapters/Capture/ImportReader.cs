using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture.Autotask;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.Adapters.Capture.Focus;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Adapters.Capture.Settings;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>Reads an import file into captured records: all of it, or a list of what is wrong and nothing of it.</summary>
public static class ImportReader
{
    /// <summary>The MSP's own settings, of which the file that was imported last holds.</summary>
    public const string SettingsFormat = "msp-settings";

    /// <summary>Agreements in the MSP's own form, one or a list.</summary>
    public const string AgreementsFormat = "agreements";
    private const string FocusFormat = "focus";

    /// <summary>What sources' names mean, as people confirmed it.</summary>
    public const string MappingsFormat = "mappings";

    /// <summary>Activities in our own form.</summary>
    public const string RecordsFormat = "records";

    /// <summary>What people have decided about held work.</summary>
    public const string DecisionsFormat = "decisions";

    private static readonly Dictionary<string, Reader> Readers = AllReaders();

    private static readonly Dictionary<string, string> FormatsByFileName = new(
        [
            .. ConnectWiseFiles.All.Select(file => KeyValuePair.Create(file.FileName, file.Format)),
            .. AutotaskFeeds.All.Select(feed => KeyValuePair.Create(feed.FileName, feed.Feed.Format)),
            .. HaloFiles.All.Select(file => KeyValuePair.Create(file.FileName, file.Format)),
        ],
        StringComparer.OrdinalIgnoreCase)
    {
        [SettingsFormat] = SettingsFormat,
        [AgreementsFormat] = AgreementsFormat,
        [MappingsFormat] = MappingsFormat,
        [DecisionsFormat] = DecisionsFormat,
    };

    private delegate IReadOnlyList<CapturedRecord> Reader(Stream content, ProblemList problems);

    /// <summary>The formats that are known, such as <c>connectwise/time-entries</c>.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Readers.Keys];

    /// <summary>Reads a file from where its stream stands.</summary>
    /// <param name="fileName">With or without folders; tells the format, and is named in problems as it is given.</param>
    /// <param name="format">One of <see cref="Formats"/>; null takes what the file's name tells.</param>
    /// <param name="content">Must be able to tell its length.</param>
    /// <returns>Never an exception for what is in the file; only for a stream that cannot be read.</returns>
    public static ImportResult Read(string fileName, string? format, Stream content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(content);

        var problems = new ProblemList(fileName);
        var known = format is null ? FormatOf(fileName) : Known(format);
        if (known is null)
        {
            problems.Add(TextPlace.WholeFile, null, format, "a known format, told by the file's name or by --as: " + string.Join(", ", Formats));
            return problems.Result(format ?? "", []);
        }

        return problems.Result(known, Readers[known](content, problems));
    }

    /// <summary>Reads a page of a feed record by record: what cannot be read does not stop what can.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static PageContent ReadPage(string name, string format, Stream content)
    {
        var known = Known(format) ?? throw new ArgumentException($"'{format}' is not a known format.", nameof(format));
        var problems = new ProblemList(name, isPage: true);
        return problems.Page(Readers[known](content, problems));
    }

    private static string? Known(string format) => Formats.FirstOrDefault(name => name.Equals(format, StringComparison.OrdinalIgnoreCase));

    /// <summary><c>exports/time-entries@2.json</c> tells <c>connectwise/time-entries</c>; null when a name tells nothing.</summary>
    private static string? FormatOf(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return name.Contains(FocusFormat, StringComparison.OrdinalIgnoreCase) ? FocusFormat : null;

        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? FormatsByFileName.GetValueOrDefault(name[..name.IndexOfAny(['.', '@'])])
            : null;
    }

    private static Dictionary<string, Reader> AllReaders()
    {
        var readers = new Dictionary<string, Reader>(StringComparer.OrdinalIgnoreCase)
        {
            [SettingsFormat] = MspSettingsFile.Read,
            [AgreementsFormat] = AgreementReader.Read,
        };
        foreach (var (format, _, read) in ConnectWiseFiles.All)
            readers.Add(format, (content, problems) => read(content, problems));
        foreach (var feed in AutotaskFeeds.All)
            readers.Add(feed.Feed.Format, (content, problems) => AutotaskPage.Read(content, problems, feed));
        foreach (var (format, _, read) in HaloFiles.All)
            readers.Add(format, (content, problems) => read(content, problems));
        readers.Add(FocusFormat, FocusFile.Read);
        readers.Add(RecordsFormat, RecordsFile.Read);
        readers.Add(MappingsFormat, MappingsFile.Read);
        readers.Add(DecisionsFormat, DecisionsFile.Read);
        return readers;
    }
}
