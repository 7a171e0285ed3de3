using System.CommandLine;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Local.Azurite;
using MspBilling.Local.Output;

namespace MspBilling.Local.Hosting;

/// <summary>What a command works with: the program on its storage, and where to say things.</summary>
internal sealed class CommandContext(LocalHost host, LocalOptions options, Screen screen)
{
    public LocalHost Host => host;

    public LocalOptions Options => options;

    public Screen Screen => screen;

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Runs a command on its storage and turns what can go wrong into one sentence and an exit code.</summary>
    public static async Task<int> RunAsync(ParseResult result, int port, Func<CommandContext, Task<int>> command, CancellationToken cancellationToken)
    {
        var options = LocalOptions.Of(result);
        var screen = new Screen(options.Json);
        try
        {
            var host = await LocalHost.CreateAsync(options, port, screen.Notice, cancellationToken).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                return await command(new CommandContext(host, options, screen)).ConfigureAwait(false);
            }
        }
        catch (BadInputException e)
        {
            Screen.Problem(e.Message);
            return ExitCode.BadInput;
        }
        catch (LocalStorageException e)
        {
            Screen.Problem(e.Message);
            return ExitCode.NotReachable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Screen.Problem("Stopped. Start again to go on where it stopped.");
            return ExitCode.HeldOrFailed;
        }
        catch (Exception e) when (e is RequestFailedException || (e is AggregateException all && all.Flatten().InnerExceptions.All(inner => inner is RequestFailedException)))
        {
            Screen.Problem($"The storage does not answer as it should: {ReachableStorage.ReasonOf(e)}. Start again; nothing that was done is done twice.");
            return ExitCode.NotReachable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Screen.Problem($"{e.Message} Mend this, or choose another folder with --data.");
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            // A defect: the details are for who mends it, not for the user's screen.
            Screen.Problem($"The program failed: {e.Message.Split('\n')[0]} What was done so far is kept. Details: {FailureReport.Write(e)}");
            return ExitCode.HeldOrFailed;
        }
    }
}
