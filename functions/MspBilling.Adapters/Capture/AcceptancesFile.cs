using System.Globalization;
using System.Text.Json;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>
/// A list of accepted discrepancies:
/// <c>[{"client":"cw-250","product":"M365BP","kind":"overBilled","upTo":2,"until":"2024-12-31","by":"Nora Kelly","why":"spares","at":"2024-09-30T09:00:00Z"}]</c>.
/// </summary>
/// <remarks>Up to 0 withdraws. Of two for the same the one said later stands.</remarks>
public static class AcceptancesFile
{
    private static readonly Dictionary<string, DiscrepancyKind> Kinds = Enum.GetValues<DiscrepancyKind>().ToDictionary(WordOf, StringComparer.Ordinal);

    /// <summary>The words that <c>kind</c> may have.</summary>
    public static IReadOnlyCollection<string> Words => Kinds.Keys;

    private sealed record Written(string Client, string Product, string Kind, decimal UpTo, DateOnly? Until, string By, string Why, string? At);

    public static DiscrepancyKind? KindOf(string word) => Kinds.TryGetValue(word, out var kind) ? kind : null;

    public static string WordOf(DiscrepancyKind kind) => JsonNamingPolicy.CamelCase.ConvertName(Enum.GetName(kind)!);

    public static byte[] Write(IEnumerable<Acceptance> acceptances) => RecordJson.Serialize(acceptances.Select(acceptance => new Written(
        acceptance.ClientId, acceptance.Product, WordOf(acceptance.Kind), acceptance.UpTo, acceptance.Until, acceptance.By, acceptance.Why,
        acceptance.Revision?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))).ToList());

    internal static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) => RecordArray.Read(content, problems, json =>
    {
        var (client, product, kind) = (json.Text("client"), json.Text("product"), json.Word("kind", Kinds));
        var acceptance = new Acceptance
        {
            Id = Acceptance.IdOf(client, product, kind),
            Revision = json.Instant("at"),
            ClientId = client,
            Product = product,
            Kind = kind,
            UpTo = json.Number("upTo", 0),
            Until = json.OptionalDate("until"),
            By = json.Text("by"),
            Why = json.Text("why"),
        };
        json.RefuseOthers();
        return acceptance;
    });
}
