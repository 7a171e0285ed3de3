using System.CommandLine;
using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>pull</c>: brings in what was changed at the sources since the last pull.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var source = new Option<string?>("--source") { Description = "One source, such as connectwise; all that are configured where it is left out." };
        var feed = new Option<string?>("--feed") { Description = "One feed, such as time-entries; all where it is left out." };
        var full = new Option<bool>("--full") { Description = "Pull everything, and not only what was changed; a sweep looks at closed months, too." };
        var sweep = new Option<bool>("--sweep") { Description = "Look for what was deleted at the source now, and not once a day." };
        var command = new Command("pull", "Pull what was changed at the PSA and the other sources that are configured.") { source, feed, full, sweep };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            context => RunAsync(context, result.GetValue(source), new PullRequest(result.GetValue(feed), result.GetValue(full), result.GetValue(sweep)), token),
            token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? name, PullRequest request, CancellationToken cancellationToken)
    {
        var reports = new List<PullReport>();
        var unreadable = new List<UnreadableRow>();
        foreach (var source in Asked(context.Get<IEnumerable<IRecordSource>>(), name, request.Feed))
        {
            context.Screen.Notice($"Pulling {source.Name}");
            var report = await context.Get<PullJob>().RunAsync(source, request, cancellationToken).ConfigureAwait(false);
            reports.Add(report);
            var state = await context.Get<CursorStore>().ReadAsync(source.Name, cancellationToken).ConfigureAwait(false);
            var rows = state.Unreadable.Where(row => request.Feed is null || row.Feed == request.Feed).OrderBy(row => row.Feed, StringComparer.Ordinal).ThenBy(row => row.FirstSeen).ToList();
            unreadable.AddRange(rows);
            Show(context, report, rows);
        }

        context.Screen.Answer(new { sources = reports, unreadable }, _ => { });
        return unreadable.Count > 0 || reports.Exists(report => report.HasFailed) ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static void Show(CommandContext context, PullReport report, List<UnreadableRow> unreadable)
    {
        foreach (var feed in report.Feeds)
        {
            var swept = feed.Deleted + feed.Restored > 0 ? $"; {feed.Deleted} deleted there, {feed.Restored} found again" : "";
            context.Screen.Notice($"{report.Source} {feed.Feed}: {feed.Added} added, {feed.Changed} changed, {feed.Unchanged} as before{swept}");
            if (feed.Problem is { } problem)
            {
                Screen.Problem($"{report.Source} {feed.Feed}: {problem}");
            }
        }

        foreach (var row in unreadable)
        {
            var since = row.FirstSeen.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Screen.Problem($"{row.Source} {row.Feed}: record {row.ExternalId ?? "without an id"} cannot be read since {since}: {row.Problem}. Mend it at the source.");
        }
    }

    /// <exception cref="BadInputException">There is no such source or feed, or none at all.</exception>
    private static List<IRecordSource> Asked(IEnumerable<IRecordSource> sources, string? name, string? feed)
    {
        var all = sources.ToList();
        if (all.Count == 0)
        {
            throw new BadInputException("No source is configured. Put one into local.settings.json, such as Sources__ConnectWise__*; see local.settings.sample.json.");
        }

        var named = all.Where(source => name is null || source.Name == name).ToList();
        if (named.Count == 0)
        {
            throw new BadInputException($"--source: '{name}' is not configured; those that are: {string.Join(", ", all.Select(source => source.Name))}.");
        }

        var with = named.Where(source => feed is null || source.Feeds.Any(f => f.Name == feed)).ToList();
        return with.Count > 0
            ? with
            : throw new BadInputException($"--feed: '{feed}' is no feed of {string.Join(", ", named.Select(source => source.Name))}; the feeds are {string.Join(", ", named.SelectMany(source => source.Feeds).Select(f => f.Name).Distinct())}.");
    }
}
