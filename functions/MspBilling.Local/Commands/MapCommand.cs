using System.CommandLine;
using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using Spectre.Console;

namespace MspBilling.Local.Commands;

/// <summary><c>map list</c>: what sources' names nobody has said the meaning of; <c>map set</c> and <c>map withdraw</c>: what they mean.</summary>
internal static class MapCommand
{
    public static Command Create() => new("map", "Say what the names of sources mean: clients, accounts, agreements, roles, services, products.") { List(), Set(), Withdraw() };

    private static Command List()
    {
        var command = new Command("list", "List the names that are not known, with suggestions, and those that are mapped.");
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => ListAsync(context, token), token));
        return command;
    }

    private static Command Set()
    {
        var (what, source, from) = Name();
        var to = new Argument<string>("to") { Description = "Ours: a client's id or identifier, an agreement's id, a work role's name, a service, a SKU." };
        var (by, why) = Who();
        var command = new Command("set", "Say what a name means; what waited because of it is released.") { what, source, from, to, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            context => StoreAsync(context, Asked(result, what, source, from) with { To = result.GetRequiredValue(to), Why = result.GetValue(why) }, result.GetValue(by)!, token),
            token));
        return command;
    }

    private static Command Withdraw()
    {
        var (what, source, from) = Name();
        var (by, why) = Who();
        var command = new Command("withdraw", "Take back what was said of a name.") { what, source, from, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => StoreAsync(context, Asked(result, what, source, from) with { Why = result.GetValue(why) }, result.GetValue(by)!, token), token));
        return command;
    }

    private static (Argument<string> What, Argument<string> Source, Argument<string> From) Name() => (
        new Argument<string>("what") { Description = string.Join(", ", MappingsFile.Words) }.AcceptOnlyFromAmong([.. MappingsFile.Words]),
        new Argument<string>("source") { Description = "Whose name it is, such as csv, or a cloud's provider." },
        new Argument<string>("from") { Description = "The source's id or name." });

    private static (Option<string> By, Option<string?> Why) Who() => (
        new Option<string>("--by") { Description = "Who says so; the user of this machine where it is left out.", DefaultValueFactory = _ => Environment.UserName },
        new Option<string?>("--why") { Description = "Why." });

    private static MappingRequest Asked(ParseResult result, Argument<string> what, Argument<string> source, Argument<string> from) =>
        new(MappingsFile.ThingOf(result.GetRequiredValue(what))!.Value, result.GetRequiredValue(source), result.GetRequiredValue(from), null);

    private static async Task<int> StoreAsync(CommandContext context, MappingRequest request, string by, CancellationToken cancellationToken)
    {
        var outcome = await context.Get<MappingJob>().StoreAsync([request], by, cancellationToken).ConfigureAwait(false);
        if (outcome.Problem is { } problem)
        {
            throw new BadInputException(problem);
        }

        context.Screen.Answer(outcome, console => console.Line(outcome.Changed == 0 ? (FormattableString)$"That was known." : $"Stored. {outcome.Assigned} activities found their client by it."));
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var job = context.Get<MappingJob>();
        var unmapped = await job.UnmappedAsync(cancellationToken).ConfigureAwait(false);
        var mapped = await job.ListAsync(cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(new { unmapped, mappings = mapped }, console => Show(console, unmapped, mapped));
        return unmapped.Count > 0 ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<Unmapped> unmapped, IReadOnlyList<Mapping> mapped)
    {
        if (unmapped.Count == 0)
        {
            console.Line($"Every name of the sources is known.");
        }
        else
        {
            var table = Tables.Titled("Not known").AddColumns(
                Tables.Word("What"), Tables.Word("Source"), new TableColumn("Name"), Tables.Number("Activities"), Tables.Number("Hours"), new TableColumn("Cost"), new TableColumn("Perhaps"));
            foreach (var item in unmapped)
            {
                table.AddRow(
                    MappingsFile.WordOf(item.What),
                    Markup.Escape(item.Source),
                    Markup.Escape(item.From == item.Name ? item.From : $"{item.From} ({item.Name})"),
                    item.Activities.ToString(CultureInfo.InvariantCulture),
                    item.Hours.ToString("#,##0.##", CultureInfo.InvariantCulture),
                    string.Join("\n", item.Costs.Select(Texts.WithCurrency)),
                    Markup.Escape(string.Join("\n", item.Suggestions.Select(s => s.Id == s.Name ? s.Id : $"{s.Id} ({s.Name})"))));
            }

            console.Write(table);
            console.Line($"map set WHAT SOURCE NAME TO says what a name means.");
        }

        if (mapped.Count > 0)
        {
            var table = Tables.Titled("Mapped").AddColumns(Tables.Word("What"), Tables.Word("Source"), new TableColumn("Name"), new TableColumn("To"), new TableColumn("By"), Tables.Word("On"));
            foreach (var mapping in mapped)
            {
                table.AddRow(
                    MappingsFile.WordOf(mapping.What), Markup.Escape(mapping.Source), Markup.Escape(mapping.From), Markup.Escape(mapping.To!), Markup.Escape(mapping.By),
                    mapping.Revision?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
            }

            console.Write(table);
        }
    }
}
