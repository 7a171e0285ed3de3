using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>What may become of an agreement that is stored: its name and purchase order may change, versions may be appended, and nothing else.</summary>
/// <remarks>
/// A version stands for ever, as work may have been billed by it. The one thing that may change in it is the open end of the last: it may be
/// set, to a day after the last one that was billed. With September closed, 1 October is the earliest end.
/// </remarks>
public static class AgreementChanges
{
    /// <param name="Path">In the agreement's JSON form, such as <c>versions[0].to</c>.</param>
    public sealed record Refusal(string Path, string? Value, string Expected);

    /// <param name="billedUntil">The first day that was not billed yet; null when nothing was.</param>
    public static IEnumerable<Refusal> Check(AgreementDocument stored, AgreementDocument given, DateOnly? billedUntil)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(given);
        return Head(stored, given).Concat(Versions(stored.Versions, given.Versions, billedUntil));
    }

    private static IEnumerable<Refusal> Head(AgreementDocument stored, AgreementDocument given)
    {
        (string Path, string? Stored, string? Given)[] fixedOnes =
        [
            ("client", stored.Client, given.Client),
            ("psaAgreement", stored.PsaAgreement, given.PsaAgreement),
            ("currency", stored.Currency.Code, given.Currency.Code),
            ("calendar", stored.Calendar, given.Calendar),
        ];
        return from each in fixedOnes
               where each.Stored != each.Given
               select new Refusal(each.Path, each.Given, $"{each.Stored ?? "nothing"} as before; make an agreement with an id of its own");
    }

    private static IEnumerable<Refusal> Versions(IReadOnlyList<AgreementVersion> stored, IReadOnlyList<AgreementVersion> given, DateOnly? billedUntil)
    {
        for (var i = 0; i < stored.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"versions[{i}]");
            if (i >= given.Count)
            {
                yield return new Refusal(path, null, $"version {i + 1} as it is stored; a version cannot be taken away");
                continue;
            }

            var (old, now) = (stored[i], given[i]);
            if (now.InForce.Start != old.InForce.Start)
            {
                yield return new Refusal(path + ".from", Day(now.InForce.Start), $"{Day(old.InForce.Start)} as before");
            }

            if (EndProblem(old.InForce, now.InForce, billedUntil) is { } expected)
            {
                yield return new Refusal(path + ".to", Day(now.InForce.End), expected);
            }

            foreach (var refusal in Same(path + ".lines", old.Lines, now.Lines, line => line.Id).Concat(Same(path + ".rules", old.Rules, now.Rules, rule => rule.Id)))
            {
                yield return refusal;
            }
        }
    }

    private static string? EndProblem(Period old, Period now, DateOnly? billedUntil)
    {
        if (old.End == now.End)
        {
            return null;
        }

        if (old.End != Period.NoEnd)
        {
            return $"{Day(old.End)} as before; append a version for other days";
        }

        return now.End < billedUntil ? $"{Day(billedUntil.Value)} or later, as the days before it are billed" : null;
    }

    private static IEnumerable<Refusal> Same<T>(string path, IReadOnlyList<T> old, IReadOnlyList<T> now, Func<T, string> idOf)
    {
        for (var i = 0; i < Math.Max(old.Count, now.Count); i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (i >= now.Count)
            {
                yield return new Refusal(at, null, $"{idOf(old[i])} as it is stored; append a version without it");
            }
            else if (i >= old.Count)
            {
                yield return new Refusal(at, idOf(now[i]), "nothing more than is stored; append a version with it");
            }
            else if (!RecordJson.Serialize(old[i]).AsSpan().SequenceEqual(RecordJson.Serialize(now[i])))
            {
                yield return new Refusal(at, idOf(now[i]), $"{idOf(old[i])} as it is stored; append a version with other terms");
            }
        }
    }

    private static string Day(DateOnly day) => day == Period.NoEnd ? "no end" : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
