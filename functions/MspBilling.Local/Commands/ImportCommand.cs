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
        var files = new Argument<string[]>("files") { Description = "Files, or folders whose .json, .csv, .gz, .parquet and .zip files are taken; a folder with a manifest.json is one export.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string?>("--as") { Description = $"The format, where the name does not tell: {string.Join(", ", ImportReader.Formats)}." };
        var one = new Option<bool>("--one-export") { Description = "The files are the parts of one export of cloud usage, and all of them." };
        var whole = new Option<bool>("--whole") { Description = "Each file is all of its export of cloud usage, although it looks like a part of one." };
        var command = new Command("import", "Import files of the PSA, of cloud usage, and the MSP's own settings.") { files, format, one, whole };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => RunAsync(context, result.GetRequiredValue(files), result.GetValue(format), result.GetValue(one), new UsageOrigin(result.GetValue(whole)), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string[] paths, string? format, bool isOneExport, UsageOrigin origin, CancellationToken cancellationToken)
    {
        var reports = new List<ImportReport>();
        if (paths.FirstOrDefault(path => Directory.Exists(path) && !FilesOf(path).Any()) is { } empty)
        {
            throw new BadInputException($"{empty} has no file in it that can be imported. Nothing was imported.");
        }

        var exports = isOneExport ? [paths.SelectMany(FilesOf).ToList()] : paths.Where(IsExport).Select(path => FilesOf(path).ToList()).ToList();
        foreach (var path in paths.Where(path => !isOneExport && !IsExport(path)).SelectMany(FilesOf))
        {
            var report = await ReadAsync(path, format, () => Task.FromResult<Stream?>(File.OpenRead(path)), origin, context, cancellationToken).ConfigureAwait(false);
            reports.Add(report);
            Show(context, path, report);
        }

        foreach (var parts in exports)
        {
            var report = await ReadAsync(parts[0] + ".zip", format, () => UsageBundle.CreateAsync(PartsOf(parts), cancellationToken), origin with { IsWhole = true }, context, cancellationToken).ConfigureAwait(false);
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

    private static async Task<ImportReport> ReadAsync(
        string path, string? format, Func<Task<Stream?>> open, UsageOrigin origin, CommandContext context, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var content = await open().ConfigureAwait(false);
            return await context.Get<ImportJob>().RunAsync(name, format, content!, origin, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = new ImportProblem(path, 0, 0, null, null, e is FileNotFoundException or DirectoryNotFoundException ? "a file or a folder that exists" : "a file that can be read");
            return new ImportReport(name, format ?? "", ImportState.Refused, 0, 0, 0, 0, [problem], false);
        }
    }

    // Two parts of one name are told apart by their number.
    private static IEnumerable<(string Name, Func<Task<Stream?>> Open)> PartsOf(List<string> paths) => paths.GroupBy(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)
        .SelectMany(same => same.Select((path, number) => (number == 0 ? same.Key : $"{number}-{same.Key}", new Func<Task<Stream?>>(() => Task.FromResult<Stream?>(File.OpenRead(path))))));

    private static bool IsExport(string path) => Directory.Exists(path) && File.Exists(Path.Combine(path, UsageFile.ManifestName));

    // Agreements name clients and calendars, which the other files of a folder bring.
    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".json" or ".csv" or ".gz" or ".parquet" or ".zip")
            .OrderBy(file => Path.GetFileName(file).StartsWith(ImportReader.AgreementsFormat, StringComparison.OrdinalIgnoreCase)).ThenBy(file => file, StringComparer.Ordinal)
        : [path];
}
