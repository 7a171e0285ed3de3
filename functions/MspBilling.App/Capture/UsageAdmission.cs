using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>What is known of an export of usage beside its bytes.</summary>
/// <param name="IsWhole">Whether somebody or something says that it is all of an export: a manifest, a folder that is finished, or the person who imports it.</param>
/// <param name="ExportedAt">When it was run.</param>
public sealed record UsageOrigin(bool IsWhole = false, DateTimeOffset? ExportedAt = null)
{
    public static UsageOrigin None { get; } = new();
}

/// <summary>Whether an export of usage may be stored beside what is.</summary>
/// <remarks>
/// <para>A part of an export must not stand for all of it: it would add up to less and withdraw the other parts' records. A file that is named as a part is refused by itself. Any other
/// that comes with nothing to say that it is whole is refused when more than a tenth of the stored records of its days would vanish, which a restatement seldom does and a part does
/// nearly always. A zip file of parts, a manifest and the person who says so are taken at their word.</para>
/// <para>An account's day is billed from one kind of export: the second would bill it again under other ids.</para>
/// </remarks>
internal static class UsageAdmission
{
    private const int MostVanishedOf = 10;

    public static async Task<IReadOnlyList<ImportProblem>> CheckAsync(ImportSession session, Payload payload, UsageOrigin origin, CancellationToken cancellationToken)
    {
        var import = payload.Import;
        if (!UsageFile.Formats.Contains(import.Format, StringComparer.Ordinal))
        {
            return [];
        }

        ImportProblem Problem(string? field, string? value, string expected) => new(import.FileName, 0, 0, field, value, expected);
        var isWhole = origin.IsWhole || payload.Records.Any(record => record is UsageExport);
        if (!isWhole && UsageFile.IsPart(import.FileName))
        {
            return [Problem(null, import.FileName, "all parts of the export at once, or a word that this is all of it: its name is that of one part. Give the parts together (import --one-export, or their folder with its manifest), or this one with --whole")];
        }

        if (await session.RestatedAsync([payload], cancellationToken).ConfigureAwait(false) is not var (restated, vanished, of))
        {
            return [];
        }

        var problems = Doubled(restated).Take(ImportResult.MostProblems).Select(doubled => Problem(null, doubled.Account, doubled.Expected)).ToList();
        if (problems.Count == 0 && !isWhole && vanished.Count * MostVanishedOf > of)
        {
            problems.Add(Problem(null, string.Create(CultureInfo.InvariantCulture, $"{vanished.Count} of {of} records less"), $"a whole export: of the records that are stored of its days, more than a tenth are not in it, such as {vanished[0].Id.ExternalId}. If it is a part, give all parts together (import --one-export); if so much was really taken back, say that it is whole (--whole)"));
        }

        return problems;
    }

    private static IEnumerable<(string Account, string Expected)> Doubled(Restated restated) =>
        from own in restated.Own
        where own.Scope.SubAccountId.Length > 0
        from known in restated.Known
        where known.Scope.Source != own.Scope.Source && known.Scope.Account == own.Scope.Account && string.Equals(known.Scope.Provider, own.Scope.Provider, StringComparison.OrdinalIgnoreCase)
        from days in own.Days
        let other = known.Within(days.From, days.To)
        where other is not null
        select (own.Scope.SubAccountId, string.Create(CultureInfo.InvariantCulture, $"an account whose days are not billed from exports of another kind: {other.From:yyyy-MM-dd} to {other.To:yyyy-MM-dd} are billed from those of {known.Scope.Source}, such as {other.File}. Go on with that one, or change to {own.Scope.Source} from a later day"));
}
