using System.CommandLine;
using MspBilling.Adapters.Capture;
using MspBilling.App.Capture;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>webhooks list|register|renew|remove|retry</c>: what the vendors send us, and what waits of it.</summary>
internal static class WebhooksCommand
{
    private const string Hidden = "***";

    public static Command Create() => new("webhooks", "Have the PSA send what changes there, so that it is here at once and not with the next pull.")
    {
        Asking("list", "Show the webhooks at the vendor; with --url which of them are ours.", isUrlNeeded: false, ListAsync),
        Asking("register", "Put down what is missing, and make active again what is not; done twice, it is there once.", isUrlNeeded: true, (context, source, address, token) => RegisterAsync(context, source, address!, rewrite: false, token)),
        Asking("renew", "The same, and write those that stand again, with the secrets of the settings of now.", isUrlNeeded: true, (context, source, address, token) => RegisterAsync(context, source, address!, rewrite: true, token)),
        Asking("remove", "Take ours away; all others are left alone.", isUrlNeeded: true, (context, source, address, token) => RemoveAsync(context, source, address!, token)),
        Retry(),
    };

    private static Command Asking(string name, string description, bool isUrlNeeded, Func<CommandContext, IWebhookRegistration, Uri?, CancellationToken, Task<int>> run)
    {
        var source = SourceOption();
        var url = new Option<string?>("--url") { Description = "Where the vendor reaches this server, such as https://hooks.example.com; /api/webhooks/ and the rest are added.", Required = isUrlNeeded };
        var command = new Command(name, description) { source, url };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var registration = Registration(context, result.GetRequiredValue(source));
                var address = result.GetValue(url) is { } text ? AddressOf(text, registration) : null;
                try
                {
                    return await run(context, registration, address, token).ConfigureAwait(false);
                }
                catch (SourceException e)
                {
                    Screen.Problem(Masked(e.Message, registration));
                    return ExitCode.HeldOrFailed;
                }
            },
            token));
        return command;
    }

    private static Command Retry()
    {
        var source = SourceOption();
        var command = new Command("retry", "Have what webhooks told of and could not be fetched tried again, when the server runs.") { source };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var name = Registration(context, result.GetRequiredValue(source)).Name;
                var records = await context.Get<WebhookInbox>().SendAgainAsync(name, TimeSpan.Zero, givenUpToo: true, token).ConfigureAwait(false);
                context.Screen.Answer(new { source = name, records }, _ => { });
                context.Screen.Notice($"{records} records of {name} are tried again.");
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static Option<string> SourceOption() => new("--source") { Description = "A source, such as connectwise.", Required = true };

    private static async Task<int> ListAsync(CommandContext context, IWebhookRegistration source, Uri? address, CancellationToken cancellationToken)
    {
        var all = (await source.ListAsync(address, cancellationToken).ConfigureAwait(false)).Select(each => each with { Address = Masked(each.Address, source) }).ToList();
        context.Screen.Answer(new { source = source.Name, webhooks = all }, _ => { });
        foreach (var each in all)
        {
            context.Screen.Notice($"{each.Id} {each.Subject} to {each.Address}: {(each.IsOurs ? "ours, " : "")}{each.Problem ?? "active"}");
        }

        return all.Exists(each => each.IsOurs && !each.IsActive) ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static async Task<int> RegisterAsync(CommandContext context, IWebhookRegistration source, Uri address, bool rewrite, CancellationToken cancellationToken) =>
        Show(context, source, await source.RegisterAsync(address, rewrite, cancellationToken).ConfigureAwait(false));

    private static async Task<int> RemoveAsync(CommandContext context, IWebhookRegistration source, Uri address, CancellationToken cancellationToken) =>
        Show(context, source, await source.RemoveAsync(address, cancellationToken).ConfigureAwait(false));

    private static int Show(CommandContext context, IWebhookRegistration source, IReadOnlyList<WebhookChange> changes)
    {
        context.Screen.Answer(new { source = source.Name, webhooks = changes }, _ => { });
        foreach (var change in changes)
        {
            context.Screen.Notice($"{source.Name} {change.Subject}: {change.Action switch
            {
                WebhookAction.Kept => "stands",
                WebhookAction.Created => "made",
                WebhookAction.Renewed => "made active and written again",
                _ => "removed",
            }} ({change.Id})");
        }

        return ExitCode.Done;
    }

    private static string Masked(string text, IWebhookRegistration source) => text.Replace(source.SecretPath, Hidden, StringComparison.Ordinal);

    /// <exception cref="BadInputException">Nothing is received for that source.</exception>
    private static IWebhookRegistration Registration(CommandContext context, string name)
    {
        var all = context.Get<IEnumerable<IWebhookRegistration>>().ToList();
        return all.Find(each => each.Name == name) ?? throw new BadInputException(all.Count == 0
            ? "No webhooks are configured. Put Sources__ConnectWise__Webhooks__* or another source's into local.settings.json; see local.settings.sample.json."
            : $"--source: webhooks of '{name}' are not configured; those that are: {string.Join(", ", all.Select(each => each.Name))}.");
    }

    /// <exception cref="BadInputException">It is no address that a vendor could call.</exception>
    private static Uri AddressOf(string url, IWebhookRegistration source)
    {
        var isAddress = Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var root)
            && (root.Scheme == Uri.UriSchemeHttps || (root.Scheme == Uri.UriSchemeHttp && root.IsLoopback)) && root.Query.Length == 0 && root.Fragment.Length == 0 && root.UserInfo.Length == 0;
        return isAddress
            ? new Uri(root!, $"api/webhooks/{source.Name}/{source.SecretPath}")
            : throw new BadInputException($"--url: '{url}' is not the https address at which a vendor reaches this server, such as https://hooks.example.com.");
    }
}
