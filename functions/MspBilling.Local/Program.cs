using MspBilling.Local.Commands;
using MspBilling.Local.Hosting;

var root = ServeCommand.Create();
root.Subcommands.Add(ImportCommand.Create());
root.Subcommands.Add(CloseCommand.Create());
root.Subcommands.Add(PreviewCommand.Create());
root.Subcommands.Add(SyncCommand.Create());
root.Subcommands.Add(ReportCommand.Create());
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(SampleCommand.Create());

var result = root.Parse(args);
var exitCode = await result.InvokeAsync().ConfigureAwait(false);
return result.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
