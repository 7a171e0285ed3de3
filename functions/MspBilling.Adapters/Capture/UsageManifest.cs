using System.Globalization;
using System.Text.Json;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture;

/// <summary>The manifest that Azure writes beside the parts of an export: which they are, when it ran, and which days it holds.</summary>
/// <remarks>
/// Its shape: learn.microsoft.com/azure/cost-management-billing/costs/tutorial-improved-exports, "Manifest file" (manifestVersion 2024-04-01). An export that runs on a billing
/// account or a subscription holds all of it; one on a smaller scope holds what it has rows of.
/// </remarks>
public sealed class UsageManifest
{
    private const string Provider = "Microsoft";

    private UsageManifest(DateTimeOffset runAt, Period days, string scope, IReadOnlyList<string> parts) => (RunAt, Days, Scope, Parts) = (runAt, days, scope, parts);

    public DateTimeOffset RunAt { get; }

    /// <summary>Half-open.</summary>
    public Period Days { get; }

    /// <summary>What the export runs on.</summary>
    public string Scope { get; }

    /// <summary>The parts' names with their folders, as they are called in their container.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Reads a manifest; null where it is none that can be read.</summary>
    public static UsageManifest? Find(Stream content) => Read(content, new ProblemList(UsageFile.ManifestName));

    /// <summary>Reads a manifest, or says what is wrong with it and returns null.</summary>
    internal static UsageManifest? Read(Stream content, ProblemList problems)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(content);
            return Read(document.RootElement, problems);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            problems.Add(TextPlace.WholeFile, null, null, $"the manifest of an export, as Cost Management writes it: {e.Message.Split('\n')[0]}");
            return null;
        }
        finally
        {
            document?.Dispose();
        }
    }

    /// <summary>Sees that all parts are there and nothing else.</summary>
    internal void Check(IEnumerable<string> names, ProblemList problems)
    {
        var there = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var listed = Parts.Select(NameOf).ToList();
        foreach (var missing in listed.Where(name => !there.Remove(name)).Take(ImportResult.MostProblems))
            problems.Add(TextPlace.WholeFile, "blobs", missing, "each part that the manifest lists; this one is missing");
        foreach (var extra in there.Take(ImportResult.MostProblems))
            problems.Add(TextPlace.WholeFile, "blobs", extra, "no part that the manifest does not list");
    }

    /// <summary>What the export says beside its rows.</summary>
    internal IEnumerable<UsageExport> Export(string source)
    {
        var parts = Scope.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (account, subAccount) = parts switch
        {
            ["subscriptions", var subscription, "providers", "Microsoft.CostManagement", ..] => ((string?)null, subscription),
            ["providers", "Microsoft.Billing", "billingAccounts", var id, "providers", "Microsoft.CostManagement", ..] => (id, null),
            _ => (null, null),
        };
        yield return new UsageExport
        {
            Id = new RecordId(source, RecordKind.UsageExport, $"{Scope}|{Days}|{RunAt:O}"),
            Revision = RunAt,
            Provider = Provider,
            Days = Days,
            BillingAccountId = account,
            SubAccountId = subAccount,
        };
    }

    private static string NameOf(string blob) => blob[(blob.LastIndexOf('/') + 1)..];

    private static UsageManifest? Read(JsonElement root, ProblemList problems)
    {
        var before = problems.Count;
        JsonElement? In(string parent, string name) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(parent, out var group) && group.ValueKind == JsonValueKind.Object && group.TryGetProperty(name, out var value) ? value : null;
        string? Text(string parent, string name, string expected, bool isRequired = true)
        {
            var text = In(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
            if (text is null && isRequired)
                problems.Add(TextPlace.WholeFile, $"{parent}.{name}", null, expected);
            return text;
        }

        DateTimeOffset Time(string name)
        {
            const string expected = "a time like 2025-03-21T21:04:06Z";
            if (Text("runInfo", name, expected) is not { } text)
                return default;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year is > 2000 and < 9000)
                return time;
            problems.Add(TextPlace.WholeFile, $"runInfo.{name}", text, expected);
            return default;
        }

        var type = Text("exportConfig", "type", "what is exported: FocusCost or ActualCost") ?? "";
        if (type.Contains("Amortized", StringComparison.OrdinalIgnoreCase))
            problems.Add(TextPlace.WholeFile, "exportConfig.type", type, "FocusCost or ActualCost; amortised cost bills reservations and savings plans a second time");
        else if (type.Length > 0 && !type.StartsWith("Focus", StringComparison.OrdinalIgnoreCase) && !type.Equals("ActualCost", StringComparison.OrdinalIgnoreCase) && !type.Equals("Usage", StringComparison.OrdinalIgnoreCase))
            problems.Add(TextPlace.WholeFile, "exportConfig.type", type, "FocusCost or ActualCost; nothing else is billed");

        var (runAt, from, to) = (Time("submittedTime"), Time("startDate"), Time("endDate"));
        if (problems.Count == before && to < from)
            problems.Add(TextPlace.WholeFile, "runInfo.endDate", null, "a time not before startDate");

        var parts = new List<string>();
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("blobs", out var blobs) && blobs.ValueKind == JsonValueKind.Array)
            parts.AddRange(blobs.EnumerateArray().Select(blob => blob.ValueKind == JsonValueKind.Object && blob.TryGetProperty("blobName", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : ""));
        if (parts.Count == 0 || parts.Contains("") || parts.Select(NameOf).Distinct(StringComparer.OrdinalIgnoreCase).Count() != parts.Count)
            problems.Add(TextPlace.WholeFile, "blobs", null, "a list of parts, each with a blobName of its own");

        return problems.Count == before
            ? new UsageManifest(runAt, new Period(DateOnly.FromDateTime(from.UtcDateTime), DateOnly.FromDateTime(to.UtcDateTime).AddDays(1)), Text("exportConfig", "resourceId", "", isRequired: false) ?? "", parts)
            : null;
    }
}
