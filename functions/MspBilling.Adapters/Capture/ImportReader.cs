using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture.Autotask;
using MspBilling.Adapters.Capture.CloudEvents;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Adapters.Capture.PartnerCenter;
using MspBilling.Adapters.Capture.Pax8;
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

    /// <summary>Discrepancies of the reconciliation that people left as they are.</summary>
    public const string AcceptancesFormat = "acceptances";

    /// <summary>Activities in our own form.</summary>
    public const string RecordsFormat = "records";

    /// <summary>What people have decided about held work.</summary>
    public const string DecisionsFormat = "decisions";

    /// <summary>What people have changed on drafts.</summary>
    public const string DraftEditsFormat = "draft-edits";

    private static readonly Dictionary<string, Reader> Readers = AllReaders();

    private static readonly Dictionary<string, string> FormatsByFileName = new(
        [
            .. ConnectWiseFiles.All.Select(file => KeyValuePair.Create(file.FileName, file.Format)),
            .. AutotaskFeeds.All.Select(feed => KeyValuePair.Create(feed.FileName, feed.Feed.Format)),
            .. HaloFiles.All.Select(file => KeyValuePair.Create(file.FileName, file.Format)),
            .. PartnerCenterFiles.All.Concat(Pax8Files.All).Select(file => KeyValuePair.Create(file.Format, file.Format)),
        ],
        StringComparer.OrdinalIgnoreCase)
    {
        [SettingsFormat] = SettingsFormat,
        [AgreementsFormat] = AgreementsFormat,
        [MappingsFormat] = MappingsFormat,
        [AcceptancesFormat] = AcceptancesFormat,
        [DecisionsFormat] = DecisionsFormat,
        [DraftEditsFormat] = DraftEditsFormat,
    };

    private delegate IReadOnlyList<CapturedRecord> Reader(Stream content, ProblemList problems);

    /// <summary>The formats that are known, such as <c>connectwise/time-entries</c>.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Readers.Keys, .. CsvFiles.Formats];

    /// <summary>Whether a format is one of agreements in the MSP's own form.</summary>
    public static bool IsOfAgreements(string format) => format == AgreementsFormat || CsvDialect.Of(format).Format == CsvFiles.AgreementsFormat;

    /// <summary>The format of a file with what is declared of its writing, which only CSV of our own has.</summary>
    /// <param name="format">One of <see cref="Formats"/>; null takes what the file's name or header tells.</param>
    /// <returns>What was given, where nothing is declared or there is nothing to declare; or what is wrong with the declaration.</returns>
    public static (string? Format, string? Problem) Declare(string fileName, string? format, CsvDeclaration declaration, Stream content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(declaration);
        ArgumentNullException.ThrowIfNull(content);
        if (declaration.IsEmpty)
            return (format, null);

        var (dialect, problem) = declaration.Resolve();
        if (dialect is null)
            return (null, problem);

        var known = format is null ? FormatOf(fileName, content, dialect) : Known(format);
        return (known is not null && CsvFiles.Formats.Contains(known) ? dialect.In(known) : format, null);
    }

    /// <summary>Reads a file from where its stream stands.</summary>
    /// <param name="fileName">With or without folders; tells the format, and is named in problems as it is given.</param>
    /// <param name="format">One of <see cref="Formats"/>, with what <see cref="Declare"/> added to it; null takes what the file's name or header tells.</param>
    /// <param name="content">Must be able to tell its length and, where its format is not given, to be read again.</param>
    /// <returns>Never an exception for what is in the file; only for a stream that cannot be read.</returns>
    public static ImportResult Read(string fileName, string? format, Stream content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(content);

        var problems = new ProblemList(fileName);
        var (name, dialect) = format is null ? (FormatOf(fileName, content, CsvDialect.Undeclared), CsvDialect.Undeclared) : CsvDialect.Of(format);
        var known = name is null ? null : Known(name);
        if (known is not null && dialect is not null && CsvFiles.Formats.Contains(known))
            return problems.Result(dialect.In(known), CsvFiles.Read(known, content, problems, dialect));

        if (known is null || dialect != CsvDialect.Undeclared)
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
        var known = Readers.Keys.FirstOrDefault(read => read.Equals(format, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException($"'{format}' is not a known format of pages.", nameof(format));
        var problems = new ProblemList(name, isPage: true);
        return problems.Page(Readers[known](content, problems));
    }

    private static string? Known(string format) => Formats.FirstOrDefault(name => name.Equals(format, StringComparison.OrdinalIgnoreCase));

    /// <summary><c>exports/time-entries@2.json</c> tells <c>connectwise/time-entries</c>; a usage file is told by its content, a CSV of ours by its name or header; null when nothing tells.</summary>
    private static string? FormatOf(string fileName, Stream content, CsvDialect dialect)
    {
        const string Csv = ".csv";
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return FormatsByFileName.GetValueOrDefault(name[..name.IndexOfAny(['.', '@'])]);

        if (UsageFile.FormatOf(content) is { } usage)
            return usage;

        var named = name.Contains(FocusFormat, StringComparison.OrdinalIgnoreCase) ? FocusFormat : null;
        return !name.EndsWith(Csv, StringComparison.OrdinalIgnoreCase) ? named : CsvFiles.FormatOf(name[..^Csv.Length]) ?? named ?? CsvFiles.FormatByHeader(content, dialect);
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
        foreach (var (format, read) in PartnerCenterFiles.All.Concat(Pax8Files.All))
            readers.Add(format, (content, problems) => read(content, problems));
        foreach (var format in UsageFile.Formats)
            readers.Add(format, (content, problems) => UsageFile.Read(content, problems, format));
        readers.Add(RecordsFormat, RecordsFile.Read);
        readers.Add(MappingsFormat, MappingsFile.Read);
        readers.Add(UsageEventBatch.Format, UsageEvent.ReadAll);
        readers.Add(AcceptancesFormat, AcceptancesFile.Read);
        readers.Add(DecisionsFormat, DecisionsFile.Read);
        readers.Add(DraftEditsFormat, DraftEditsFile.Read);
        return readers;
    }
}
