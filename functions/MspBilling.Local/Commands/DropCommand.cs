using System.CommandLine;
using MspBilling.App.Capture;
using MspBilling.Local.Hosting;

namespace MspBilling.Local.Commands;

/// <summary><c>drop</c>: imports what clouds and people have put into the drop container.</summary>
internal static class DropCommand
{
    public static Command Create()
    {
        var again = new Option<bool>("--again") { Description = "Try what was refused again, although it was not changed." };
        var whole = new Option<string?>("--whole") { Description = "The name of a file in the drop that is all of its export, although it looks like a part." };
        var command = new Command("drop", "Import what was put into the drop container since the last look.") { again, whole };
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => RunAsync(context, new DropRequest(result.GetValue(again), result.GetValue(whole)), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, DropRequest request, CancellationToken cancellationToken)
    {
        var report = await context.Get<DropJob>().RunAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var import in report.Imports)
        {
            ImportCommand.Show(context, import.FileName, import);
        }

        foreach (var waiting in report.Waiting)
        {
            context.Screen.Notice($"{waiting.Name} waits for {waiting.For}");
        }

        context.Screen.Answer(report, _ => { });
        return report.HasRefused ? ExitCode.BadInput : ExitCode.Done;
    }
}
