using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Settings;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>Agreements in the MSP's own form, which <c>agreement.schema.json</c> describes.</summary>
/// <remarks>
/// Versions follow each other without gap or overlap, and only the last may have no end. Everything that can be known from the document
/// itself is checked here; whether client, calendar and PSA agreement exist, and what is stored already, where the store is at hand.
/// </remarks>
internal static class AgreementReader
{
    /// <summary>More, and its record might not fit into a row of the storage.</summary>
    private const int MostBytes = 500_000;

    /// <summary>A file of one agreement or a list of them.</summary>
    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems)
    {
        var agreements = new List<AgreementDocument>();
        foreach (var json in JsonFile.Open(content, problems)?.RootOrRecords() ?? [])
        {
            if (Read(json) is not { } agreement)
                continue;

            if (agreements.Exists(other => other.Id == agreement.Id))
                json.Problem("id", "each agreement once");
            if (agreement.PsaAgreement is { } priced && agreements.Exists(other => other.PsaAgreement == priced))
                json.Problem("psaAgreement", "an agreement of the PSA that no other document prices");
            agreements.Add(agreement);
        }

        return agreements;
    }

    /// <summary>What an agreement has that leaves it out, where what is around it tells.</summary>
    internal sealed record Defaults(string Id, string Client, Core.Currency Currency);

    /// <summary>One agreement; null, with its problems said, when there are any.</summary>
    /// <param name="otherwise">Null asks for each.</param>
    public static AgreementDocument? Read(JsonRecord json, Defaults? otherwise = null)
    {
        var before = json.Problems;
        var id = otherwise is null || json.OptionalText("id") is not null ? json.Id("id") : otherwise.Id;
        var client = otherwise is null ? json.Text("client") : json.OptionalText("client") ?? otherwise.Client;
        var (psaAgreement, name) = (json.OptionalText("psaAgreement"), json.Text("name"));
        var currency = otherwise is null || json.OptionalText("currency") is not null ? json.IsoCurrency("currency") : otherwise.Currency;
        var (purchaseOrder, site, calendar) = (json.OptionalText("purchaseOrder"), json.OptionalText("site"), json.OptionalText("calendar"));
        var versions = Versions(json, currency);
        json.RefuseOthers();
        if (json.Problems > before)
            return null;

        var agreement = new AgreementDocument
        {
            Id = new RecordId("msp", RecordKind.AgreementDocument, id),
            Client = client,
            PsaAgreement = psaAgreement,
            Name = name,
            Currency = currency,
            PurchaseOrder = purchaseOrder,
            Site = site,
            Calendar = calendar,
            Versions = versions,
        };
        if (RecordJson.Serialize(agreement).Length <= MostBytes)
            return agreement;

        json.Problem("versions", $"terms of at most {ReadLimit.Bytes(MostBytes)}; divide the agreement into several");
        return null;
    }

    private static List<AgreementVersion> Versions(JsonRecord json, Core.Currency currency)
    {
        var spans = json.Records("versions").Select(SpanOf).ToList();
        if (spans.Count == 0 && (json.IsList("versions") || !json.Has("versions")))
            json.Problem("versions", "at least one version");

        var versions = new List<AgreementVersion>();
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        var areRight = spans.TrueForAll(span => span.IsRight);
        foreach (var (version, inForce, _) in spans)
        {
            var isLast = versions.Count == spans.Count - 1;
            if (areRight && versions.Count > 0 && versions[^1].InForce.End != Period.NoEnd && inForce.Start != versions[^1].InForce.End)
                version.Problem("from", string.Create(CultureInfo.InvariantCulture, $"{versions[^1].InForce.End:yyyy-MM-dd}, on which the version before ends"));
            if (areRight && !isLast && inForce.End == Period.NoEnd)
                version.Problem("to", "a date, as only the last version may have no end");

            var lines = LineList.Read(version, new LineScope(areRight ? inForce : null, areRight ? spans[^1].InForce.End : Period.NoEnd, currency));
            foreach (var (line, record) in lines.Where(line => kinds.GetValueOrDefault(line.Line.Id) is { } kind && kind != LineList.KindOf(line.Line)))
                record.Problem("id", $"an id of its own, as {line.Id} is the {kinds[line.Id]} line of an earlier version");
            foreach (var (line, _) in lines)
                kinds.TryAdd(line.Id, LineList.KindOf(line));
            if (lines.Count == 0 && (version.IsList("lines") || !version.Has("lines")))
                version.Problem("lines", "at least one line");
            versions.Add(new AgreementVersion(versions.Count + 1, inForce, [.. lines.Select(line => line.Line)], CustomRules.Read(version, "rules")));
            version.RefuseOthers();
        }

        return versions;
    }

    private static (JsonRecord Json, Period InForce, bool IsRight) SpanOf(JsonRecord json)
    {
        var before = json.Problems;
        var inForce = json.FromTo();
        return (json, inForce, json.Problems == before);
    }
}
