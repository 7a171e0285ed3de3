using System.CommandLine;
using System.CommandLine.Parsing;
using MspBilling.Adapters.Rating;
using MspBilling.App.Rating;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary>
/// <c>preview FILE</c> prices a case; <c>preview --period 2024-10</c> shows what a close would bill now; with <c>--with FILE</c> it compares stored
/// months with what they would come to under other terms. Nothing is stored by any of them.
/// </summary>
internal static class PreviewCommand
{
    private const string StandardInput = "-";

    private static readonly Argument<string?> FileArgument = new("file") { Description = "A case to price, - for standard input.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<Period?> PeriodOfMonths = PeriodOption.Optional("--period", "The stored month to show, such as 2024-09; the first of several with --to.");
    private static readonly Option<Period?> To = PeriodOption.Optional("--to", "The last month to compare; needs --with.");
    private static readonly Option<string?> Client = new("--client") { Description = "One client, by its id or a part of its name." };
    private static readonly Option<string?> With = new("--with") { Description = "A file of agreements, rate cards, rules or agreement types to compare with, - for standard input." };

    public static Command Create()
    {
        var command = new Command("preview", "Price a case file, or what a close would bill as things stand or under other terms, without storing anything.") { FileArgument, PeriodOfMonths, To, Client, With };
        command.Validators.Add(Check);
        command.SetAction(async (result, token) => result.GetValue(FileArgument) is { } file
            ? await PriceCaseAsync(new Screen(result.GetValue(LocalOptions.JsonOption)), file, token).ConfigureAwait(false)
            : await CommandContext.RunAsync(result, 0, context => StoredAsync(context, result, token), token).ConfigureAwait(false));
        return command;
    }

    private static void Check(CommandResult command)
    {
        var (isCase, isStored) = (command.GetResult(FileArgument) is { Tokens.Count: > 0 }, command.GetResult(PeriodOfMonths) is not null);
        if (isCase == isStored)
        {
            command.AddError(isCase ? "A case file has its own period: give either FILE or --period." : "Give a case FILE, or --period for a stored month.");
        }
        else if (isCase && (command.GetResult(To) ?? command.GetResult(Client) ?? command.GetResult(With)) is not null)
        {
            command.AddError("--to, --client and --with are for stored months: give --period instead of FILE.");
        }
        else if (command.GetResult(To) is not null && command.GetResult(With) is null)
        {
            command.AddError("--to compares several months, and needs --with.");
        }
    }

    private static async Task<int> PriceCaseAsync(Screen screen, string file, CancellationToken cancellationToken)
    {
        CaseReading reading;
        try
        {
            using var content = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
            reading = CaseFile.Read(NameOf(file), content);
        }
        catch (BadInputException e)
        {
            Screen.Problem(e.Message);
            return ExitCode.BadInput;
        }

        if (reading.Case is null)
        {
            return Refuse(file, reading.Problems, reading.MoreProblems);
        }

        var bill = CasePreview.Price(reading.Case);
        screen.Answer(new { period = reading.Case.Period, bills = new[] { bill } }, console => console.Plain(BillText.Of(bill)));
        return bill.HasHolds ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static async Task<int> StoredAsync(CommandContext context, ParseResult result, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var (period, name) = (result.GetValue(PeriodOfMonths)!.Value, result.GetValue(Client));
        var clients = await context.Get<StoredClients>().FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (name is not null && clients.Count == 0)
        {
            Screen.Problem($"No client has the id {name} or a name with it.");
            return ExitCode.BadInput;
        }

        return result.GetValue(With) is { } file
            ? await CompareAsync(context, file, period, result.GetValue(To) ?? period, name is null ? null : clients, cancellationToken).ConfigureAwait(false)
            : await ShowAsync(context, period, name is null ? null : clients, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ShowAsync(CommandContext context, Period period, IReadOnlyList<string>? clients, CancellationToken cancellationToken)
    {
        var bills = await context.Get<BillPreview>().RunAsync(period, clients, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(new { period, bills }, console => console.Plain(string.Join('\n', bills.Where(BillText.SaysAnything).Select(BillText.Of))));
        return bills.Any(bill => bill.HasHolds) ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static async Task<int> CompareAsync(
        CommandContext context, string file, Period from, Period to, IReadOnlyList<string>? clients, CancellationToken cancellationToken)
    {
        if (MonthRange.Of(from, to) is not { } months)
        {
            throw new BadInputException(MonthRange.Expected);
        }

        using var content = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
        var reading = ChangedTerms.Read(NameOf(file), content);
        if (reading.Terms is null)
        {
            return Refuse(file, reading.Problems, reading.MoreProblems);
        }

        var (compared, problems) = await context.Get<WhatIf>().RunAsync(months, clients, reading.Terms, NameOf(file), cancellationToken).ConfigureAwait(false);
        if (compared is null)
        {
            return Refuse(file, problems, false);
        }

        context.Screen.Answer(compared, console => console.Plain(ComparisonText.Of(compared)));
        return compared.HoldsMore ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static int Refuse(string file, IReadOnlyList<ImportProblem> problems, bool more)
    {
        Screen.Problem($"{NameOf(file)} was refused; nothing was computed.");
        foreach (var problem in problems)
        {
            Screen.Problem($"  {problem}");
        }

        if (more)
        {
            Screen.Problem("  There are more; these are the first.");
        }

        return ExitCode.BadInput;
    }

    private static string NameOf(string file) => file == StandardInput ? "standard input" : Path.GetFileName(file);

    /// <exception cref="BadInputException">There is no such file, or it cannot be read.</exception>
    private static async Task<Stream> OpenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (file != StandardInput)
            {
                return File.OpenRead(file);
            }

            var content = new MemoryStream();
            var input = Console.OpenStandardInput();
            await using (input.ConfigureAwait(false))
            {
                await input.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
            }

            content.Position = 0;
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(e is FileNotFoundException or DirectoryNotFoundException ? $"{file} does not exist." : $"{file} cannot be read.");
        }
    }
}
