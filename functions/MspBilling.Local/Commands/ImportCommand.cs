using System.CommandLine;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Csv;
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
        var files = new Argument<string[]>("files") { Description = "Files, or folders whose .json and .csv files are taken.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string?>("--as", "--format") { Description = $"The format, where the name does not tell: {string.Join(", ", ImportReader.Formats)}." };
        var template = new Option<string?>("--template") { Description = $"Print an empty CSV file of {string.Join(", ", CsvFiles.Kinds)} and import nothing." };
        var culture = new Option<string?>("--culture") { Description = "Of CSV: whose separators numbers have, and unless --dates is given the order of dates, such as de-DE." };
        var dates = new Option<string?>("--dates") { Description = "Of CSV: how dates are written, such as dd.MM.yyyy, or excel for serial numbers. ISO 8601 always may be." };
        var zone = new Option<string?>("--zone") { Description = "Of CSV: the time zone of times without an offset, such as Europe/Berlin." };
        var encoding = new Option<string?>("--encoding") { Description = "Of CSV: windows-1252, where it is not Unicode." };
        var currency = new Option<string?>("--currency") { Description = "Of CSV: the currency of amounts whose row names none." };
        var source = new Option<string?>("--source") { Description = "Of CSV: whose ids the file has, such as toggl." };
        var command = new Command("import", "Import files of the PSA, of cloud usage, of time and counts as CSV, and the MSP's own settings.")
        {
            files, format, template, culture, dates, zone, encoding, currency, source,
        };
        command.SetAction((result, token) =>
        {
            if (result.GetValue(template) is { } kind)
            {
                return Task.FromResult(PrintTemplate(kind));
            }

            var declaration = new CsvDeclaration(
                result.GetValue(culture), result.GetValue(dates), result.GetValue(zone), result.GetValue(encoding), result.GetValue(currency), result.GetValue(source));
            return CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(files), result.GetValue(format), declaration, token), token);
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(template) is null && result.GetValue(files) is null or [])
            {
                result.AddError("Name a file or a folder to import.");
            }
        });
        return command;
    }

    private static int PrintTemplate(string kind)
    {
        if (CsvFiles.Template(kind) is not { } header)
        {
            Screen.Problem($"There is no template '{kind}'; there are {string.Join(", ", CsvFiles.Kinds)}.");
            return ExitCode.BadInput;
        }

        Console.Out.WriteLine(header);
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(CommandContext context, string[] paths, string? format, CsvDeclaration declaration, CancellationToken cancellationToken)
    {
        var reports = new List<ImportReport>();
        if (paths.FirstOrDefault(path => Directory.Exists(path) && !FilesOf(path).Any()) is { } empty)
        {
            throw new BadInputException($"{empty} has no .json or .csv file in it. Nothing was imported.");
        }

        foreach (var path in paths.SelectMany(FilesOf))
        {
            reports.Add(await ImportAsync(context, path, format, declaration, cancellationToken).ConfigureAwait(false));
        }

        context.Screen.Answer(reports, _ => { });
        return reports.Any(r => r.State == ImportState.Refused) ? ExitCode.BadInput : ExitCode.Done;
    }

    private static async Task<ImportReport> ImportAsync(CommandContext context, string path, string? format, CsvDeclaration declaration, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(context, path, format, declaration, cancellationToken).ConfigureAwait(false);
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

    private static async Task<ImportReport> ReadAsync(CommandContext context, string path, string? format, CsvDeclaration declaration, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var content = File.OpenRead(path);
            var (declared, problem) = ImportReader.Declare(name, format, declaration, content);
            return problem is null
                ? await context.Get<ImportJob>().RunAsync(name, declared, content, cancellationToken).ConfigureAwait(false)
                : throw new BadInputException($"{problem}. Nothing was imported.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = new ImportProblem(path, 0, 0, null, null, e is FileNotFoundException or DirectoryNotFoundException ? "a file or a folder that exists" : "a file that can be read");
            return new ImportReport(name, format ?? "", ImportState.Refused, 0, 0, 0, 0, [problem], false);
        }
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".json" or ".csv").OrderBy(IsOfAgreements).ThenBy(file => file, StringComparer.Ordinal)
        : [path];

    // Agreements name clients and calendars, which the other files of a folder bring.
    private static bool IsOfAgreements(string file) => Path.GetFileName(file).StartsWith(ImportReader.AgreementsFormat, StringComparison.OrdinalIgnoreCase)
        || file.EndsWith($"-{ImportReader.AgreementsFormat}.csv", StringComparison.OrdinalIgnoreCase);
}
