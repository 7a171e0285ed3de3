using System.IO.Compression;
using MspBilling.Adapters.Capture.CostManagement;
using MspBilling.Adapters.Capture.Focus;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A cloud's export of usage and cost: one file of CSV, gzip or Parquet, or all its parts in a zip file, with the manifest where there is one.</summary>
/// <remarks>
/// <para>What it is written as and of which kind it is is told by its content. A zip file's parts are added up as one file; if one of them cannot be read, nothing is taken.</para>
/// <para>An export holds whole days of each of its sub-accounts: those from the first to the last that it has rows of, and those that its manifest says.</para>
/// </remarks>
public static class UsageFile
{
    /// <summary>The manifest's name in a zip file and in a folder.</summary>
    public const string ManifestName = "manifest.json";

    private static readonly IReadOnlyList<UsageFormat> All = [FocusFile.Format, CostManagementFile.Format];

    /// <summary>The import formats, which are the sources of their records as well.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. All.Select(format => format.Source)];

    /// <summary>Whether a name is one of a part of several, such as <c>part_0_0001.csv</c> or <c>costs-00002.csv.gz</c>: alone it may be half of an export. A zip file holds all parts.</summary>
    public static bool IsPart(string fileName)
    {
        if (fileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return false;
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var stem = name.Split('.')[0];
        var digits = stem[stem.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).Length..];
        return stem.StartsWith("part", StringComparison.OrdinalIgnoreCase) || stem.Contains("_part", StringComparison.OrdinalIgnoreCase) || stem.Contains("-part", StringComparison.OrdinalIgnoreCase)
            || (digits.Length > 3 && digits.StartsWith("00", StringComparison.Ordinal));
    }

    /// <summary>When an export was run, where a folder or a name tells it as Azure's do: <c>202507161527</c>, with or without seconds.</summary>
    public static DateTimeOffset? TimeIn(string path)
    {
        foreach (var part in path.Split('/', '\\', '_', '-', '.').Where(part => part.Length is 12 or 14).Reverse())
        {
            if (DateTimeOffset.TryParseExact(part, ["yyyyMMddHHmm", "yyyyMMddHHmmss"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time))
                return time;
        }

        return null;
    }

    /// <summary>The import format that the content tells, or null; the stream is left where it stood.</summary>
    public static string? FormatOf(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (IsTooLarge(content))
            return null;

        var start = content.Position;
        try
        {
            var problems = new ProblemList("");
            var parts = Parts(content, problems);
            using var zip = parts.Zip;
            if (parts.Entries is { } entries)
            {
                using var part = entries.FirstOrDefault(entry => entry.Name != ManifestName)?.Open();
                return part is null ? null : KindOf(part, entries[0].CompressedLength, problems)?.Source;
            }

            return KindOf(content, content.Length - start, problems)?.Source;
        }
        catch (Exception e) when (IsDamage(e))
        {
            return null;
        }
        finally
        {
            content.Position = start;
        }
    }

    /// <param name="source">Which kind it must be.</param>
    internal static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, string source)
    {
        if (IsTooLarge(content))
        {
            problems.Add(TextPlace.WholeFile, null, ReadLimit.Bytes(content.Length - content.Position), $"at most {ReadLimit.Bytes(UsageContent.MostBytes)}; split the file");
            return [];
        }

        var groups = new UsageGroups(source);
        UsageManifest? manifest = null;
        try
        {
            var (zip, entries) = Parts(content, problems);
            using (zip)
            {
                if (entries is null)
                {
                    if (problems.Count == 0)
                        ReadPart(content, content.Length - content.Position, source, groups, problems);
                }
                else
                {
                    manifest = ReadManifest(entries, problems);
                    foreach (var entry in entries.Where(_ => problems.Count == 0).Where(entry => entry.Name != ManifestName))
                    {
                        var own = problems.Of(entry.FullName);
                        using var part = entry.Open();
                        ReadPart(part, entry.CompressedLength, source, groups, own);
                        problems.Take(own);
                    }
                }
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            problems.Add(TextPlace.WholeFile, null, null, e is UnpackedLimitException ? e.Message : $"a file that can be unpacked to its end: {e.Message}");
        }

        if (problems.Count > 0)
            return [];

        return manifest is null ? groups.Records(null) : [.. groups.Records(manifest.RunAt), .. manifest.Export(source)];
    }

    private static void ReadPart(Stream content, long packed, string source, UsageGroups groups, ProblemList problems)
    {
        try
        {
            using var table = UsageContent.Open(content, packed, problems);
            if (table is null)
                return;

            var format = All.First(format => format.Source == source);
            var header = table.Header.Select(column => column.Name).ToList();
            if (!format.IsIt(header) && All.FirstOrDefault(other => other.IsIt(header)) is { } told)
            {
                problems.Add(TextPlace.WholeFile, null, told.Source, $"a file of {source}, as it was said to be; these are the columns of {told.Source}");
                return;
            }

            format.Add(table, groups, problems);
        }
        catch (Exception e) when (IsDamage(e))
        {
            problems.Add(TextPlace.WholeFile, null, null, e is UnpackedLimitException ? e.Message : $"a file that can be unpacked to its end: {e.Message}");
        }
    }

    private static UsageFormat? KindOf(Stream content, long packed, ProblemList problems)
    {
        using var table = UsageContent.Open(content, packed, problems);
        var header = table?.Header.Select(column => column.Name).ToList() ?? [];
        return All.FirstOrDefault(format => format.IsIt(header));
    }

    private static (ZipArchive? Zip, IReadOnlyList<ZipArchiveEntry>? Entries) Parts(Stream content, ProblemList problems)
    {
        var start = new byte[4];
        var length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position -= length;
        if (!UsageContent.IsZip(start))
            return (null, null);

        var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var entries = zip.Entries.Where(entry => entry.Name.Length > 0 && !entry.Name.StartsWith('_')).ToList();
        if (entries.All(entry => entry.Name == ManifestName))
            problems.Add(TextPlace.WholeFile, null, null, "the parts of an export in the zip file, but there are none");
        return (zip, entries);
    }

    private static UsageManifest? ReadManifest(IReadOnlyList<ZipArchiveEntry> entries, ProblemList problems)
    {
        if (problems.Count > 0 || entries.FirstOrDefault(entry => entry.Name == ManifestName) is not { } entry)
            return null;

        var own = problems.Of(entry.FullName);
        using var packed = entry.Open();
        using var content = new MemoryStream();
        new BoundedStream(packed, entry.CompressedLength).CopyTo(content);
        content.Position = 0;
        var manifest = UsageManifest.Read(content, own);
        if (manifest is not null)
            manifest.Check(entries.Where(other => other != entry).Select(other => other.Name), own);
        problems.Take(own);
        return manifest;
    }

    private static bool IsTooLarge(Stream content) => content.Length - content.Position > UsageContent.MostBytes;

    private static bool IsDamage(Exception e) => e is InvalidDataException or UnpackedLimitException or EndOfStreamException or NotSupportedException or ArgumentException;
}
