using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Rating;

/// <summary>What the period before left, in the form in which a preview gives what this one leaves.</summary>
/// <remarks>
/// A balance of no line of the case would go unseen, and so is refused. A retainer's balance says up to which day grants have been made; where it does not, the
/// period before has made all of its own, and nothing is granted twice.
/// </remarks>
internal static class CaseCarried
{
    public static CarriedState Read(JsonRecord json, Period period, IReadOnlyList<AgreementDocument> agreements)
    {
        if (json.OptionalRecord("carried") is not { } carried)
            return CarriedState.None;

        var (balances, totals) = (new Dictionary<CarriedKey, Balance>(), new Dictionary<CarriedKey, RunningTotal>());
        foreach (var record in carried.Records("balances"))
        {
            var key = Key(record, agreements);
            var retainer = Retainer(key, agreements);
            if (retainer is not null && key.Subject.Length == 0)
                key = key with { Subject = retainer.BalanceSubject };
            var grantedTo = record.OptionalDate("grantedTo") ?? (retainer is null ? null : period.Start);
            Finish(record, balances.TryAdd(key, new Balance(key, [.. record.Records("lots").Select(Lot)]) { GrantedTo = grantedTo }));
        }

        foreach (var record in carried.Records("totals"))
        {
            var total = new RunningTotal(Key(record, agreements), record.Number("amount"), record.OptionalDate("until") ?? Period.NoEnd);
            Finish(record, totals.TryAdd(total.Key, total));
        }

        var readings = carried.Records("counts").Select(record => Reading(record, agreements)).ToList();
        carried.RefuseOthers();
        return new CarriedState([.. balances.Values], [.. totals.Values]) { Readings = readings };
    }

    private static RetainerLine? Retainer(CarriedKey key, IReadOnlyList<AgreementDocument> agreements) => agreements
        .Where(agreement => agreement.BilledAs == key.AgreementId).SelectMany(agreement => agreement.Versions).SelectMany(version => version.Lines)
        .OfType<RetainerLine>().FirstOrDefault(line => line.Id == key.LineId);

    private static CarriedReading Reading(JsonRecord record, IReadOnlyList<AgreementDocument> agreements)
    {
        var key = Key(record, agreements);
        var reading = new CarriedReading(
            key, record.Date("day"), record.Number("quantity", 0), record.OptionalText("of"), record.OptionalText("description") ?? (key.Subject.Length > 0 ? key.Subject : key.LineId));
        record.RefuseOthers();
        return reading;
    }

    private static void Finish(JsonRecord record, bool isNew)
    {
        record.RefuseOthers();
        if (!isNew)
            record.Problem("line", "each line and subject once");
    }

    private static CarriedKey Key(JsonRecord record, IReadOnlyList<AgreementDocument> agreements)
    {
        var (name, line, subject) = (record.Text("agreement"), record.Text("line"), record.OptionalText("subject") ?? "");
        var agreement = agreements.Named(name);
        if (agreement is null && name.Length > 0)
            record.Problem("agreement", "an agreement of this case" + ListOf(agreements.Select(a => a.Name)));
        else if (agreement is not null && line.Length > 0 && !agreement.Versions.Any(version => version.Lines.Any(l => l.Id == line)))
            record.Problem("line", "the id of a line of this agreement" + ListOf(agreement.Versions.SelectMany(version => version.Lines).Select(l => l.Id).Distinct()));
        return new CarriedKey(agreement?.BilledAs ?? name, line, subject);
    }

    private static Lot Lot(JsonRecord record)
    {
        var granted = record.Number("granted", 0);
        var lot = new Lot(record.Date("grantedOn"), record.OptionalDate("endsOn") ?? Period.NoEnd, granted, record.Number("left", 0));
        record.RefuseOthers();
        if (lot.Left > granted)
            record.Problem("left", "at most what was granted");
        if (lot.EndsOn <= lot.GrantedOn)
            record.Problem("endsOn", "a date after grantedOn, as it is the first day on which the lot may be drawn no more");
        return lot;
    }

    private static string ListOf(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? ": " + list : "";
}
