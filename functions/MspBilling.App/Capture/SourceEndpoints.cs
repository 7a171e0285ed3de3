using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;

namespace MspBilling.App.Capture;

/// <summary>The sources that records are pulled from: how each of their feeds and its webhooks stand, and starting a pull; and what was refused of what was dropped.</summary>
public sealed class SourceEndpoints(
    IEnumerable<IRecordSource> sources, CursorStore cursors, PullRunner runner, IEnumerable<IWebhookSource> webhooks, WebhookStore events, WebhookInbox inbox, DropStore drop)
{
    private const int MostShown = 100;

    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        var list = new List<object>();
        foreach (var source in sources)
        {
            var state = await cursors.ReadAsync(source.Name, cancellationToken).ConfigureAwait(false);
            list.Add(new
            {
                source.Name,
                isPulling = runner.IsRunning(source.Name),
                feeds = source.Feeds.Select(feed => Shown(feed, state)),
                webhooks = webhooks.Any(known => known.Name == source.Name) ? await WebhooksAsync(source.Name, cancellationToken).ConfigureAwait(false) : null,
            });
        }

        var dropped = await drop.StatesAsync(cancellationToken).ConfigureAwait(false);
        return Answers.Json(new
        {
            sources = list,
            drop = new
            {
                container = drop.Container,
                lastImport = dropped.Where(state => state.State == DropState.Imported).Max(state => (DateTimeOffset?)state.At),
                refused = dropped.Where(state => state.State == DropState.Refused).Select(state => new { state.Name, state.At, state.Problems }),
            },
        });
    }

    /// <summary>Starts a pull; one that is running is not doubled.</summary>
    public async Task<IResult> PullAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var name = (string?)request.RouteValues["source"];
        if (sources.FirstOrDefault(source => source.Name == name) is not { } source)
        {
            return Answers.NotFound($"No source {name} is configured. Those that are: {NamesOf(sources.Select(s => s.Name))}.");
        }

        var (asked, refusal) = await JsonBody.ReadAsync<PullRequest>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (asked!.Feed is { } wanted && source.Feeds.All(feed => feed.Name != wanted))
        {
            return Answers.BadRequest($"{name} has no feed {wanted}; it has {NamesOf(source.Feeds.Select(feed => feed.Name))}.");
        }

        _ = runner.Start(source, asked);
        return Results.Accepted("/api/sources", new { source = name });
    }

    /// <summary>Has records fetched that webhooks told of and that wait for a person.</summary>
    public async Task<IResult> RetryAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var name = (string?)request.RouteValues["source"];
        if (webhooks.All(known => known.Name != name))
        {
            return Answers.NotFound($"Webhooks are received for {NamesOf(webhooks.Select(known => known.Name))}, not for {name}.");
        }

        var (_, refusal) = await JsonBody.ReadAsync<RetryRequest>(request, cancellationToken).ConfigureAwait(false);
        return refusal ?? Answers.Json(new { source = name, records = await inbox.SendAgainAsync(name!, TimeSpan.Zero, givenUpToo: true, cancellationToken).ConfigureAwait(false) }, StatusCodes.Status202Accepted);
    }

    private async Task<object> WebhooksAsync(string source, CancellationToken cancellationToken)
    {
        var waiting = (await events.WaitingAsync(source, cancellationToken).ConfigureAwait(false)).Select(each => each.Waiting).ToList();
        return new
        {
            waiting = waiting.Count,
            failed = waiting.Where(each => each.Failure is not null).Take(MostShown)
                .Select(each => new { each.Record.Feed, each.Record.ExternalId, each.Record.IsDeletion, since = each.NotedAt, each.Tries, problem = each.Failure, waitsForYou = each.IsGivenUp }),
            ignored = (await events.NotesAsync(source, cancellationToken).ConfigureAwait(false)).Take(MostShown).Select(note => new { @event = note.What, note.LastAt }),
        };
    }

    private static object Shown(RecordFeed feed, SourceState state)
    {
        var known = state.Feeds.FirstOrDefault(f => f.Feed == feed.Name);
        return new
        {
            feed.Name,
            known?.Cursor,
            known?.LastPull,
            known?.LastSweep,
            known?.Failure,
            unreadable = state.Unreadable.Where(row => row.Feed == feed.Name).OrderBy(row => row.FirstSeen).ThenBy(row => row.ExternalId, StringComparer.Ordinal)
                .Select(row => new { row.ExternalId, row.Problem, row.FirstSeen, row.LastSeen, row.Payload }),
        };
    }

    private static string NamesOf(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}

/// <summary>Nothing is asked for but the content type, which a page of another site cannot send.</summary>
internal sealed record RetryRequest;
