using System.CommandLine;
using MspBilling.Adapters.Capture;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>import FILE...</c>: takes files in, each whole or not at all.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Files, or folders whose .json and .csv files are taken.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string?>("--as") { Description = $"The format, where the name does not tell: {string.Join(", ", ImportReader.Formats)}." };
        var command = new Command("import", "Import files of the PSA, of cloud usage, and the MSP's own settings.") { files, format };
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(files), result.GetValue(format), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string[] paths, string? format, CancellationToken cancellationToken)
    {
        var reports = new List<ImportReport>();
        if (paths.FirstOrDefault(path => Directory.Exists(path) && !FilesOf(path).Any()) is { } empty)
        {
            throw new BadInputException($"{empty} has no .json or .csv file in it. Nothing was imported.");
        }

        foreach (var path in paths.SelectMany(FilesOf))
        {
            reports.Add(await ImportAsync(context, path, format, cancellationToken).ConfigureAwait(false));
        }

        context.Screen.Answer(reports, _ => { });
        return reports.Any(r => r.State == ImportState.Refused) ? ExitCode.BadInput : ExitCode.Done;
    }

    private static async Task<ImportReport> ImportAsync(CommandContext context, string path, string? format, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(context, path, format, cancellationToken).ConfigureAwait(false);
        switch (report.State)
        {
            case ImportState.Imported:
                var assigned = report.Assigned > 0 ? $"; {report.Assigned} that waited for their client found it" : "";
                context.Screen.Notice($"{path}: {report.Added} added, {report.Changed} changed, {report.Unchanged} as before ({report.Format}){assigned}");
                break;
            case ImportState.AlreadyImported:
                context.Screen.Notice($"{path}: imported before, nothing to do");
                break;
            case ImportState.Refused:
                Screen.Problem($"{path} was refused; nothing of it was stored.");
                foreach (var problem in report.Problems)
                {
                    Screen.Problem($"  {problem}");
                }

                if (report.MoreProblems)
                {
                    Screen.Problem("  There are more; these are the first.");
                }

                break;
            default:
                throw new InvalidOperationException($"{report.State} has no words.");
        }

        return report;
    }

    private static async Task<ImportReport> ReadAsync(CommandContext context, string path, string? format, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var content = File.OpenRead(path);
            return await context.Get<ImportJob>().RunAsync(name, format, content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = new ImportProblem(path, 0, 0, null, null, e is FileNotFoundException or DirectoryNotFoundException ? "a file or a folder that exists" : "a file that can be read");
            return new ImportReport(name, format ?? "", ImportState.Refused, 0, 0, 0, 0, [problem], false);
        }
    }

    // Agreements name clients and calendars, which the other files of a folder bring.
    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".json" or ".csv")
            .OrderBy(file => Path.GetFileName(file).StartsWith(ImportReader.AgreementsFormat, StringComparison.OrdinalIgnoreCase)).ThenBy(file => file, StringComparer.Ordinal)
        : [path];
}
