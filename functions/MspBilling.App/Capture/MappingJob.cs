using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Capture;

/// <summary>What somebody asks to be mapped.</summary>
/// <param name="To">A client's id or identifier, an agreement's id, a work role's name, a service or a SKU; null withdraws the mapping.</param>
public sealed record MappingRequest(MappedThing What, string Source, string From, string? To, string? Why = null);

/// <summary>Lists the names of sources that nobody has said the meaning of, and stores what people say.</summary>
/// <remarks>What waited because of a name finds its client in the same step; what is of a closed period goes onto the client's next invoice.</remarks>
public sealed class MappingJob(ImportSessions sessions, PageKeeper pages, RecordStore records, RunStore runs, TimeProvider clock)
{
    /// <param name="Problem">What was wrong with it, with its place in the request; null when all were stored.</param>
    /// <param name="Assigned">Activities that found their client.</param>
    public sealed record Outcome(string? Problem, int Changed, int Assigned);

    /// <summary>The mappings that are in force, by source and name.</summary>
    public async Task<IReadOnlyList<Mapping>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await records.ReferencesAsync(RecordKind.Mapping, cancellationToken).ConfigureAwait(false)).OfType<Mapping>().Where(mapping => mapping.To is not null)
            .OrderBy(mapping => mapping.What).ThenBy(mapping => mapping.Source, StringComparer.Ordinal).ThenBy(mapping => mapping.From, StringComparer.Ordinal),
    ];

    /// <summary>What is not known: of what no client is known for, all; of agreements and roles, those in the months after the last that was closed.</summary>
    public async Task<IReadOnlyList<Unmapped>> UnmappedAsync(CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        var activities = new List<Activity>(await records.UnassignedAsync(cancellationToken).ConfigureAwait(false));
        var closed = (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).Where(run => run.State == RunState.Finished).MaxBy(run => run.Period.Start)?.Period;
        foreach (var clientId in directory.ClientIds.Where(directory.IsBilled))
        {
            var open = await records.ActivitiesAfterAsync(clientId, closed, cancellationToken).ConfigureAwait(false);
            activities.AddRange(open.Where(activity => activity.Id.Source != directory.Psa));
        }

        return Unmapped.Of(directory, activities);
    }

    /// <summary>Stores all of them or, with what is wrong, none.</summary>
    /// <param name="by">Who says so.</param>
    public async Task<Outcome> StoreAsync(IReadOnlyList<MappingRequest> requests, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var session = sessions.Open();
        return await session.AloneAsync(
            null,
            async token =>
            {
                var directory = await session.DirectoryAsync(token).ConfigureAwait(false);
                var (mappings, problem) = Checked(requests, by, directory);
                if (problem is not null)
                {
                    return new Outcome(problem, 0, 0);
                }

                var page = await pages.KeepAsync("mappings.json", ImportReader.MappingsFormat, MappingsFile.Write(mappings), token).ConfigureAwait(false);
                var (stored, assigned) = await session.StoreAsync([page.Payload], wereCutShort: false, token).ConfigureAwait(false);
                return new Outcome(null, stored.Added + stored.Changed, assigned);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private (IReadOnlyList<Mapping> Mappings, string? Problem) Checked(IReadOnlyList<MappingRequest> requests, string by, ClientDirectory directory)
    {
        var now = clock.GetUtcNow();
        var mappings = new Dictionary<RecordId, Mapping>();
        for (var i = 0; i < requests.Count; i++)
        {
            var (what, source, from, to, why) = requests[i];
            if (string.IsNullOrWhiteSpace(source) || string.IsNullOrWhiteSpace(from))
            {
                return ([], $"mappings[{i}].{(string.IsNullOrWhiteSpace(source) ? "source" : "from")}: say the source and the name that is mapped from, as the list of what is not mapped has them.");
            }

            var (ours, problem) = TargetOf(what, to, directory);
            if (problem is not null)
            {
                return ([], $"mappings[{i}].to: {problem}");
            }

            var mapping = new Mapping { Id = Mapping.IdOf(what, source, from), Revision = now, What = what, Source = source, From = from, To = ours, By = by, Why = why };
            if (!mappings.TryAdd(mapping.Id, mapping))
            {
                return ([], $"mappings[{i}].from: '{from}' of {source} stands in the list twice.");
            }
        }

        return ([.. mappings.Values], null);
    }

    /// <summary>A client is kept by its id, because its identifier changes when it is renamed.</summary>
    private static (string? Ours, string? Problem) TargetOf(MappedThing what, string? to, ClientDirectory directory) => what switch
    {
        _ when to is null => (null, null),
        _ when string.IsNullOrWhiteSpace(to) => (null, "say what it is mapped to, or null to withdraw it."),
        MappedThing.Client or MappedThing.Account => directory.Company(to) is { IsDeleted: false } company
            ? (Client.IdOf(company.Id.ExternalId), null)
            : (null, $"'{to}' is neither the id nor the identifier of a company that was imported{LikeWords(to, what, directory)}."),
        MappedThing.Agreement or MappedThing.Role when directory.Targets(what).All(target => target.Id != to) => (null, $"'{to}' is no {(what == MappedThing.Role ? "work role of the PSA or of a rate card" : "agreement's id")}{LikeWords(to, what, directory)}."),
        _ => (to, null),
    };

    private static string LikeWords(string to, MappedThing what, ClientDirectory directory) =>
        NameLikeness.Best([to], directory.Targets(what)) is [var first, ..] ? $"; did you mean {first.Id}{(first.Id == first.Name ? "" : $" ({first.Name})")}" : "";
}
