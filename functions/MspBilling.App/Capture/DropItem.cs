using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>What of the drop is imported together: a file, or the parts of an export.</summary>
/// <param name="Name">The file's, or that of what says that the parts are all there.</param>
/// <param name="Blobs">A manifest that is kept with the parts comes first.</param>
/// <param name="IsExport">Whether they are the parts of one export, and all of them.</param>
/// <param name="ExportedAt">When it was run, as far as the names and the blobs tell.</param>
/// <param name="Waits">What it waits for, or null.</param>
internal sealed record DropItem(string Name, IReadOnlyList<DroppedBlob> Blobs, bool IsExport, DateTimeOffset? ExportedAt, string? Waits = null)
{
    private const string Marker = "_SUCCESS";
    private const string AwsManifest = "-Manifest.json";

    /// <summary>Of this very content.</summary>
    public string Tag => RecordJson.Hash(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Blobs.OrderBy(blob => blob.Name, StringComparer.Ordinal).Select(blob => $"{blob.Name} {blob.Tag}"))));

    /// <summary>Puts blobs together.</summary>
    /// <remarks>
    /// <para>An Azure export's <c>manifest.json</c> names its parts. An AWS Data Export's manifest lies in the folder <c>metadata</c> beside <c>data</c> and comes when all of its data has
    /// (docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html); a file <c>_SUCCESS</c> says of its own folder that all is there, as data pipelines write it.</para>
    /// <para>Names that begin with a dot or an underscore, of files or of folders, and those that end with <c>.tmp</c> are of what is being written.</para>
    /// </remarks>
    /// <param name="manifests">The manifests by name, as far as they can be read.</param>
    public static IReadOnlyList<DropItem> Of(IReadOnlyList<DroppedBlob> blobs, IReadOnlyDictionary<string, UsageManifest> manifests)
    {
        var items = new List<DropItem>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var files = blobs.Where(blob => !blob.Name.Split('/').Any(IsTemporary)).ToList();
        foreach (var manifest in files.Where(blob => NameOf(blob) == UsageFile.ManifestName))
        {
            taken.Add(manifest.Name);
            if (!manifests.TryGetValue(manifest.Name, out var read))
            {
                items.Add(new DropItem(manifest.Name, [manifest], IsExport: true, null));
                continue;
            }

            var parts = read.Parts.Select(part => files.Find(blob => blob.Name == part) ?? files.Find(blob => blob.Name == FolderOf(manifest) + part[(part.LastIndexOf('/') + 1)..])).ToList();
            taken.UnionWith(parts.OfType<DroppedBlob>().Select(part => part.Name));
            var missing = parts.Count(part => part is null);
            items.Add(new DropItem(manifest.Name, [manifest, .. parts.OfType<DroppedBlob>()], IsExport: true, read.RunAt, missing == 0 ? null : $"{missing} of the {parts.Count} parts that its manifest lists"));
        }

        foreach (var marker in blobs.Where(blob => NameOf(blob) == Marker || blob.Name.EndsWith(AwsManifest, StringComparison.Ordinal)))
        {
            taken.Add(marker.Name);
            var folder = NameOf(marker) == Marker ? FolderOf(marker) : FolderOf(marker).Replace("/metadata/", "/data/", StringComparison.Ordinal);
            var parts = files.Where(blob => blob.Name.StartsWith(folder, StringComparison.Ordinal) && !taken.Contains(blob.Name)).ToList();
            if (parts.Count > 0)
            {
                taken.UnionWith(parts.Select(part => part.Name));
                items.Add(new DropItem(marker.Name, parts, IsExport: true, UsageFile.TimeIn(marker.Name) ?? marker.Changed));
            }
        }

        items.AddRange(files.Where(blob => !taken.Contains(blob.Name)).Select(blob => new DropItem(
            blob.Name, [blob], IsExport: false, UsageFile.TimeIn(blob.Name) ?? blob.Changed,
            UsageFile.IsPart(blob.Name) ? $"the manifest of its export, or a file {Marker} in its folder, because its name is that of a part; where it is all of the export, say so (drop --whole {blob.Name})" : null)));
        return [.. items.OrderBy(item => item.ExportedAt ?? DateTimeOffset.MaxValue).ThenBy(item => item.Name, StringComparer.Ordinal)];
    }

    private static string NameOf(DroppedBlob blob) => blob.Name[(blob.Name.LastIndexOf('/') + 1)..];

    private static string FolderOf(DroppedBlob blob) => blob.Name[..(blob.Name.LastIndexOf('/') + 1)];

    private static bool IsTemporary(string name) => name.Length == 0 || name[0] is '.' or '_' || name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase);
}
