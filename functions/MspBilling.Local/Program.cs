using System.CommandLine.Invocation;
using MspBilling.Local.Commands;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

var root = ServeCommand.Create();
root.Subcommands.Add(ImportCommand.Create());
root.Subcommands.Add(DropCommand.Create());
root.Subcommands.Add(PullCommand.Create());
root.Subcommands.Add(MapCommand.Create());
root.Subcommands.Add(WebhooksCommand.Create());
root.Subcommands.Add(ReconcileCommand.Create());
root.Subcommands.Add(CloseCommand.Create());
root.Subcommands.Add(ApproveCommand.Create());
root.Subcommands.Add(ApproveCommand.CreateCancel());
root.Subcommands.Add(EditCommand.Create());
root.Subcommands.Add(PreviewCommand.Create());
root.Subcommands.Add(HoldsCommand.Create());
root.Subcommands.Add(CreditCommand.Create());
root.Subcommands.Add(AccountCommand.Create());
root.Subcommands.Add(StatementCommand.Create());
root.Subcommands.Add(SyncCommand.Create());
root.Subcommands.Add(WriteBackCommand.Create());
root.Subcommands.Add(ReportCommand.Create());
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(DetailCommand.Create());
root.Subcommands.Add(EInvoiceCommand.Create());
root.Subcommands.Add(SampleCommand.Create());

var result = root.Parse(args);
if (result.Action is not ParseErrorAction)
{
    return await result.InvokeAsync().ConfigureAwait(false);
}

// One sentence a mistake and where to read on; the whole help would bury it, and standard output may be read by a program.
foreach (var message in result.Errors.Select(error => error.Message).Distinct())
{
    Screen.Problem(message);
}

Screen.Problem($"Options: {result.CommandResult.PathOf()} --help");
return ExitCode.BadInput;
