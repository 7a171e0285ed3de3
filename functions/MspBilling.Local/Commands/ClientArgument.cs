using MspBilling.App.Rating;
using MspBilling.Local.Hosting;

namespace MspBilling.Local.Commands;

/// <summary>A client as it is typed: its id, or a part of its name.</summary>
internal static class ClientArgument
{
    /// <exception cref="BadInputException">None has that id or name, or several have.</exception>
    public static async Task<string> ClientIdAsync(this CommandContext context, string text, CancellationToken cancellationToken) =>
        await context.Get<StoredClients>().FindAsync(text, cancellationToken).ConfigureAwait(false) switch
        {
            [var one] => one,
            [] => throw new BadInputException($"No client has the id {text} or a name with it."),
            var several => throw new BadInputException($"'{text}' is in the names of {several.Count} clients; give the id, such as {several[0]}."),
        };
}
