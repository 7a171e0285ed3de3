using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>How the writing back of an invoice's number stands, as the API and the command line show it.</summary>
/// <param name="Entries">Null before anything was looked at.</param>
/// <param name="Problem">Why it waits for the next time; null when it does not.</param>
/// <param name="Left">The first of the entries that do not have the number.</param>
public sealed record ShownWriteBack(
    Period Period, string ClientId, string Number, string Source, WriteBackState State, int? Entries, int Written, string? Problem, IReadOnlyList<ShownUnwrittenTime> Left)
{
    private const int MostShown = 100;

    public static ShownWriteBack Of(WriteBack value) => new(
        value.Period, value.ClientId, value.Number, value.Source, value.State, value.Entries, value.Written, value.Problem,
        [.. value.Left.Take(MostShown).Select(time => new ShownUnwrittenTime(time.Activity.ToString(), time.Problem, time.IsGivenUp))]);
}

/// <param name="WaitsForYou">Whether it is not tried again before somebody asks for that.</param>
public sealed record ShownUnwrittenTime(string Activity, string Problem, bool WaitsForYou);
