using System.Globalization;
using System.Text.Json;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A list of confirmed names: <c>[{"what":"client","source":"toggl","from":"Corrib","to":"CORRIB","by":"Nora Kelly","at":"2024-09-30T09:00:00Z"}]</c>.</summary>
/// <remarks>Without <c>to</c> a mapping is withdrawn. Of two of the same name the one confirmed later stands.</remarks>
public static class MappingsFile
{
    private static readonly Dictionary<string, MappedThing> Things = Enum.GetValues<MappedThing>().ToDictionary(WordOf, StringComparer.Ordinal);

    private sealed record Item(string What, string Source, string From, string? To, string By, string? Why, string? At);

    /// <summary>The words that <c>what</c> may have.</summary>
    public static IReadOnlyCollection<string> Words => Things.Keys;

    public static MappedThing? ThingOf(string word) => Things.TryGetValue(word, out var what) ? what : null;

    public static string WordOf(MappedThing what) => JsonNamingPolicy.CamelCase.ConvertName(Enum.GetName(what)!);

    public static byte[] Write(IEnumerable<Mapping> mappings) => RecordJson.Serialize(mappings.Select(mapping => new Item(
        WordOf(mapping.What),
        mapping.Source,
        mapping.From,
        mapping.To,
        mapping.By,
        mapping.Why,
        mapping.Revision?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))).ToList());

    internal static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) => RecordArray.Read(content, problems, json =>
    {
        var (what, source, from) = (json.Word("what", Things), json.Text("source"), json.Text("from"));
        var mapping = new Mapping
        {
            Id = Mapping.IdOf(what, source, from),
            Revision = json.Instant("at"),
            What = what,
            Source = source,
            From = from,
            To = json.OptionalText("to"),
            By = json.Text("by"),
            Why = json.OptionalText("why"),
        };
        json.RefuseOthers();
        return mapping;
    });
}
