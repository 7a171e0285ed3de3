using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Rating;

/// <summary>What a preview is asked for: a case that comes with the request, or stored months as they are or under other terms.</summary>
public abstract record PreviewRequest
{
    private PreviewRequest()
    {
    }

    public sealed record OfCase(BillingCase Case) : PreviewRequest;

    /// <param name="Period">The month as it was written, or the first of several.</param>
    /// <param name="To">The last month; null for one.</param>
    /// <param name="Client">A client's id; null for all.</param>
    /// <param name="With">Terms to compare with; null shows the months as they stand.</param>
    public sealed record OfStored(string Period, string? To, string? Client, ChangedTerms? With) : PreviewRequest;

    /// <summary>Reads the body of a request. A client in braces, agreements or activities make it a case.</summary>
    public static PreviewRequestReading Read(Stream content)
    {
        var problems = new ProblemList("body");
        var json = JsonFile.Open(content, problems)?.Root();
        PreviewRequest? request = json is null ? null : IsCase(json) ? new OfCase(CaseFile.Read(json)) : Stored(json);
        var found = problems.Result("", []);
        return new PreviewRequestReading(found.Problems.Count == 0 ? request : null, json is not null, found.Problems, found.MoreProblems);
    }

    private static bool IsCase(JsonRecord json) => json.Has("agreements") || json.Has("activities") || (json.Has("client") && !json.IsText("client"));

    private static OfStored Stored(JsonRecord json)
    {
        var request = new OfStored(
            json.Text("period"), json.OptionalText("to"), json.OptionalText("client"), json.OptionalRecord("with") is { } with ? ChangedTerms.Read(with) : null);
        if (request is { To: not null, With: null })
            json.Problem("to", "no last month, as only months under other terms (with) are compared over several");
        json.RefuseOthers();
        return request;
    }
}

/// <param name="Request">Null when there are problems.</param>
/// <param name="IsJson">Whether it is one JSON object at all.</param>
public sealed record PreviewRequestReading(PreviewRequest? Request, bool IsJson, IReadOnlyList<ImportProblem> Problems, bool MoreProblems);
