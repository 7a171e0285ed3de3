using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;

namespace MspBilling.Tests.Rating.Hours;

/// <summary>Time that is charged as it was worked, to be drawn from retainers or capped.</summary>
internal sealed record Work(string Day, decimal Hours, decimal Rate = 100, string? WorkType = null, string Service = "Support")
{
    public decimal? Worked { get; init; }

    public bool IsTrip { get; init; }

    public string? Ticket { get; init; }

    public string? Project { get; init; }

    public PriceEffects? Effects { get; init; }

    /// <summary>Of its piece, where it differs from the day on which the entry began.</summary>
    public string? PieceDay { get; init; }

    public TimePiece Piece(int index, AgreementVersion version) => new()
    {
        Entry = Records.Time($"{index}", Worked ?? Hours, start: Day + "T09:00Z") with { WorkType = WorkType, TicketId = Ticket, ProjectId = Project, ProjectName = Project is null ? null : "Name of " + Project },
        Index = index,
        Effects = Effects,
        Line = version.Lines.OfType<TimeLine>().First(line => line.Service == Service),
        Day = Days.On(PieceDay ?? Day),
        Worked = Worked ?? Hours,
        Charged = Hours,
        Rate = Rate,
        IsTrip = IsTrip,
    };
}

internal sealed record RatedWork(Period Period, TimePiece[] Pieces, IReadOnlyList<RatedLine> Lines, CarriedState Carried)
{
    public IEnumerable<decimal> WrittenDown => Pieces.Select(piece => piece.WrittenDown);

    public string Covered => string.Join(' ', Pieces.Select(piece => Text(piece.CoveredHours)));

    public string Paid => string.Join(' ', Pieces.Select(piece => Text(piece.CoveredAmount)));

    public string Lots => string.Join(", ", Carried.Balances.SelectMany(balance => balance.Lots).Select(lot => $"{Text(lot.Left)}/{Text(lot.Granted)} {RetainerCase.Span(lot.GrantedOn, lot.EndsOn)}"));

    public Money Total => Money.Sum(Lines.Select(line => line.Amount), Lines[0].Amount.Currency);

    public IEnumerable<RatedLine> Of(LineKind kind) => Lines.Where(line => line.Kind == kind);

    /// <summary>The sentence of the retainer's own line; a dash where it has none.</summary>
    public string Balance => Lines.SingleOrDefault(line => line.Kind is LineKind.Covered or LineKind.Drawn)?.Explanation.Sentence ?? "-";

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}

/// <summary>An agreement with retainers and time, and the work on it; rated period by period with what each leaves to the next.</summary>
internal sealed record RetainerCase
{
    public static readonly TimeLine Support = Builders.Lines.Time();
    public static readonly TimeLine Projects = Builders.Lines.Time("Projects") with { Id = "projects" };

    public Period Term { get; init; } = Days.From("2024-01-01");

    public Currency Currency { get; init; } = Currencies.EUR;

    public IReadOnlyList<AgreementLine> Lines { get; init; } = [];

    /// <summary>Instead of one version with <see cref="Lines"/> for the term.</summary>
    public IReadOnlyList<AgreementVersion>? Versions { get; init; }

    public IReadOnlyList<Work> Work { get; init; } = [];

    public static RetainerLine Hours(decimal? included = null) => new() { Id = "retainer", Service = "Support", Included = included };

    public static RetainerLine Money(decimal? included = null) => Hours(included) with { Measure = RetainerMeasure.Money };

    public static Period[] Months(string first, int count) => [.. Enumerable.Range(0, count).Select(i => Period.MonthOf(Days.On(first + "-01").AddMonths(i)))];

    public static string Span(DateOnly from, DateOnly ends) =>
        string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}..") + (ends == Period.NoEnd ? "" : ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public AgreementPart[] Parts(Period period, CarriedState carried)
    {
        var month = new ClientMonth { Period = period };
        var directory = month.Directory;
        var agreement = new Agreement
        {
            Id = "101",
            ClientId = Records.ClientId,
            Name = "Gold support",
            Currency = Currency,
            Versions = Versions ?? [new AgreementVersion(1, Term, [.. Lines, Support, Projects], [])],
        };
        var @case = new RatingCase(month.Client, period, [agreement], directory, []) { Carried = carried };
        return [.. agreement.Versions
            .Select(version => (version, InForce: version.InForce.Overlap(period)))
            .Where(found => found.InForce is not null)
            .Select((found, i) => new AgreementPart(@case, agreement, found.version, i, found.InForce!.Value, directory.Calendar(null)))];
    }

    public RatedWork Rate(Period period, CarriedState? carried = null)
    {
        var parts = Parts(period, carried ?? CarriedState.None);
        var output = new RatingOutput(parts[0].Case, []);
        var all = new List<TimePiece>();
        foreach (var part in parts)
        {
            TimePiece[] pieces = [.. Work.Index().Where(work => part.InForce.Contains(Days.On(work.Item.Day))).OrderBy(work => work.Item.Day, StringComparer.Ordinal).Select(work => work.Item.Piece(work.Index, part.Version))];
            Retainers.Draw(part, pieces, output);
            TimeCaps.WriteDown(part, pieces, output);
            foreach (var line in pieces.Where(piece => piece.Amount != 0).GroupBy(piece => (piece.Line, piece.Rate)))
            {
                var amount = Rounding.ToMoney(line.Sum(piece => piece.Amount), Currency);
                output.Add(part, line.Key.Line, part.Line(
                    line.Key.Line, $"{line.Key.Rate}", "Time", line.Sum(piece => piece.BilledHours), "h", new UnitPrice(line.Key.Rate, Currency), amount, part.Explain("Time", "")));
            }

            Retainers.DrawMoney(part, pieces, output);
            all.AddRange(pieces);
        }

        return new RatedWork(period, [.. all], output.Lines(), output.Carried());
    }

    public IReadOnlyList<RatedWork> RateAll(params IReadOnlyList<Period> periods)
    {
        var rated = new List<RatedWork>();
        foreach (var period in periods)
        {
            rated.Add(Rate(period, rated.LastOrDefault()?.Carried));
        }

        return rated;
    }

    /// <summary>A row for each period: what its line says of the balance, and the lots that it leaves.</summary>
    public string Ledger(params IReadOnlyList<Period> periods) => string.Join('\n', RateAll(periods).Select(rated => $"{rated.Period}: {rated.Balance} [{rated.Lots}]"));
}
