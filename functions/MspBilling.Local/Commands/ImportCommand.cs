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
    /// <summary>How the files are to be read.</summary>
    private sealed record Asked(string? Format, CsvDeclaration Declaration, UsageOrigin Origin);

    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Files, or folders whose .json, .csv, .gz, .parquet and .zip files are taken; a folder with a manifest.json is one export.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string?>("--as", "--format") { Description = $"The format, where the name does not tell: {string.Join(", ", ImportReader.Formats)}." };
        var template = new Option<string?>("--template") { Description = $"Print an empty CSV file of {string.Join(", ", CsvFiles.Kinds)} and import nothing." };
        var culture = new Option<string?>("--culture") { Description = "Of CSV: whose separators numbers have, and unless --dates is given the order of dates, such as de-DE." };
        var dates = new Option<string?>("--dates") { Description = "Of CSV: how dates are written, such as dd.MM.yyyy, or excel for serial numbers. ISO 8601 always may be." };
        var zone = new Option<string?>("--zone") { Description = "Of CSV: the time zone of times without an offset, such as Europe/Berlin." };
        var encoding = new Option<string?>("--encoding") { Description = "Of CSV: windows-1252, where it is not Unicode." };
        var currency = new Option<string?>("--currency") { Description = "Of CSV: the currency of amounts whose row names none." };
        var source = new Option<string?>("--source") { Description = "Of CSV: whose ids the file has, such as toggl." };
        var one = new Option<bool>("--one-export") { Description = "The files are the parts of one export of cloud usage, and all of them." };
        var whole = new Option<bool>("--whole") { Description = "Each file is all of its export of cloud usage, although it looks like a part of one." };
        var command = new Command("import", "Import files of the PSA, of cloud usage, of time, counts and payments as CSV, and the MSP's own settings.")
        {
            files, format, template, culture, dates, zone, encoding, currency, source, one, whole,
        };
        command.SetAction((result, token) =>
        {
            if (result.GetValue(template) is { } kind)
            {
                return Task.FromResult(PrintTemplate(kind));
            }

            var declaration = new CsvDeclaration(
                result.GetValue(culture), result.GetValue(dates), result.GetValue(zone), result.GetValue(encoding), result.GetValue(currency), result.GetValue(source));
            var asked = new Asked(result.GetValue(format), declaration, new UsageOrigin(result.GetValue(whole)));
            return CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(files), result.GetValue(one), asked, token), token);
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

    private static async Task<int> RunAsync(CommandContext context, string[] paths, bool isOneExport, Asked asked, CancellationToken cancellationToken)
    {
        var reports = new List<ImportReport>();
        if (paths.FirstOrDefault(path => Directory.Exists(path) && !FilesOf(path).Any()) is { } empty)
        {
            throw new BadInputException($"{empty} has no file in it that can be imported. Nothing was imported.");
        }

        var exports = isOneExport ? [paths.SelectMany(FilesOf).ToList()] : paths.Where(IsExport).Select(path => FilesOf(path).ToList()).ToList();
        foreach (var path in paths.Where(path => !isOneExport && !IsExport(path)).SelectMany(FilesOf))
        {
            var report = await ReadAsync(path, () => Task.FromResult<Stream?>(File.OpenRead(path)), asked, context, cancellationToken).ConfigureAwait(false);
            reports.Add(report);
            Show(context, path, report);
        }

        foreach (var parts in exports)
        {
            var report = await ReadAsync(parts[0] + ".zip", () => UsageBundle.CreateAsync(PartsOf(parts), cancellationToken), asked with { Origin = asked.Origin with { IsWhole = true } }, context, cancellationToken).ConfigureAwait(false);
            reports.Add(report);
            Show(context, string.Join(", ", parts), report);
        }

        context.Screen.Answer(reports, _ => { });
        return reports.Any(r => r.State == ImportState.Refused) ? ExitCode.BadInput : ExitCode.Done;
    }

    /// <summary>Says what became of a file.</summary>
    public static void Show(CommandContext context, string path, ImportReport report)
    {
        switch (report.State)
        {
            case ImportState.Imported:
                var assigned = report.Assigned > 0 ? $"; {report.Assigned} that waited for their client found it" : "";
                context.Screen.Notice($"{path}: {report.Added} added, {report.Changed} changed, {report.Unchanged} as before ({report.Format}){assigned}");
                foreach (var note in report.Notes ?? [])
                {
                    context.Screen.Notice($"  {note}");
                }

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
    }

    private static async Task<ImportReport> ReadAsync(string path, Func<Task<Stream?>> open, Asked asked, CommandContext context, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var content = await open().ConfigureAwait(false);
            var (format, problem) = ImportReader.Declare(name, asked.Format, asked.Declaration, content!);
            return problem is null
                ? await context.Get<ImportJob>().RunAsync(name, format, content!, asked.Origin, cancellationToken).ConfigureAwait(false)
                : throw new BadInputException($"{problem}. Nothing was imported.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = new ImportProblem(path, 0, 0, null, null, e is FileNotFoundException or DirectoryNotFoundException ? "a file or a folder that exists" : "a file that can be read");
            return new ImportReport(name, asked.Format ?? "", ImportState.Refused, 0, 0, 0, 0, [problem], false);
        }
    }

    // Two parts of one name are told apart by their number.
    private static IEnumerable<(string Name, Func<Task<Stream?>> Open)> PartsOf(List<string> paths) => paths.GroupBy(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)
        .SelectMany(same => same.Select((path, number) => (number == 0 ? same.Key : $"{number}-{same.Key}", new Func<Task<Stream?>>(() => Task.FromResult<Stream?>(File.OpenRead(path))))));

    private static bool IsExport(string path) => Directory.Exists(path) && File.Exists(Path.Combine(path, UsageFile.ManifestName));

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".json" or ".csv" or ".gz" or ".parquet" or ".zip")
            .OrderBy(IsOfAgreements).ThenBy(file => file, StringComparer.Ordinal)
        : [path];

    // Agreements name clients and calendars, which the other files of a folder bring.
    private static bool IsOfAgreements(string file) => Path.GetFileName(file).StartsWith(ImportReader.AgreementsFormat, StringComparison.OrdinalIgnoreCase)
        || file.EndsWith($"-{ImportReader.AgreementsFormat}.csv", StringComparison.OrdinalIgnoreCase);
}
