using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Capture;
using MspBilling.App.Api;

namespace MspBilling.App.Capture;

/// <summary>What sources' names mean: <c>GET /api/mappings</c> lists what is confirmed and what is not known, with suggestions; <c>PUT</c> confirms or withdraws.</summary>
public sealed class MappingEndpoints(MappingJob mappings)
{
    /// <param name="What">client, account, agreement, role, service or product.</param>
    private sealed record Item(string? What, string? Source, string? From, string? To, string? Why);

    private sealed record Body(string? By, IReadOnlyList<Item>? Mappings);

    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        var unmapped = await mappings.UnmappedAsync(cancellationToken).ConfigureAwait(false);
        var confirmed = await mappings.ListAsync(cancellationToken).ConfigureAwait(false);
        return Answers.Json(new
        {
            unmapped = unmapped.Select(u => new { u.What, u.Source, u.From, u.Name, u.Activities, u.Hours, u.Units, u.Costs, u.First, u.Last, u.Suggestions }),
            mappings = confirmed.Select(m => new { m.What, m.Source, m.From, m.To, m.By, m.Why, at = m.Revision }),
        });
    }

    public async Task<IResult> PutAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<Body>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (string.IsNullOrWhiteSpace(body!.By) || body.Mappings is not { Count: > 0 } items)
        {
            return Answers.BadRequest("""Say who confirms what: {"by":"Nora Kelly","mappings":[{"what":"client","source":"toggl","from":"Corrib","to":"CORRIB"}]}.""");
        }

        var asked = new List<MappingRequest>();
        foreach (var item in items)
        {
            if (item.What is null || MappingsFile.ThingOf(item.What) is not { } what)
            {
                return Answers.BadRequest($"mappings[{asked.Count}].what: '{item.What}' is none of {string.Join(", ", MappingsFile.Words)}.");
            }

            asked.Add(new MappingRequest(what, item.Source ?? "", item.From ?? "", item.To, item.Why));
        }

        var outcome = await mappings.StoreAsync(asked, body.By, cancellationToken).ConfigureAwait(false);
        return outcome.Problem is { } problem
            ? Results.Problem(problem, title: "The mappings are wrong; nothing was stored", statusCode: StatusCodes.Status422UnprocessableEntity)
            : Answers.Json(new { outcome.Changed, outcome.Assigned });
    }
}
