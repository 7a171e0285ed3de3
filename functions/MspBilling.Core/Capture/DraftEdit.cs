using System.Globalization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>What a person has changed on a client's draft: who, when, why, and by how much.</summary>
/// <remarks>
/// <para>An edit is a line of its own beside those that were rated, which it leaves as they are. It says one of three things: an amount, a percentage, or what
/// a line shall come to. The last two are computed anew with each draft: 10 % off a line of 400.00 is 40.00, and 50.00 once the line comes to 500.00.</para>
/// <para>Nothing is ever deleted: an edit is withdrawn by another one, and both stay.</para>
/// </remarks>
public sealed record DraftEdit : CapturedRecord
{
    public required string ClientId { get; init; }

    /// <summary>The period of the draft, and of no other.</summary>
    public required Period Period { get; init; }

    /// <summary>Whose lines it changes, or under which its own line stands; amounts are in the agreement's currency.</summary>
    public required string AgreementId { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The line that it changes; null for a line of its own or, with a percentage, for all of the agreement's.</summary>
    public EditedLine? Line { get; init; }

    /// <summary>What the client reads.</summary>
    public required string Text { get; init; }

    /// <summary>The service that a line of its own stands under, and is taxed by; null where the edit changes lines.</summary>
    public string? Service { get; init; }

    /// <summary>Without discount, in the currency; below zero takes off.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Of what the line, or the agreement's lines, come to; below zero takes off.</summary>
    public decimal? Percent { get; init; }

    /// <summary>What the line shall come to.</summary>
    public decimal? To { get; init; }

    public required string By { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the edit that is withdrawn; null for one that changes something.</summary>
    public string? Withdraws { get; init; }

    public override bool IsOfOnePeriod => true;

    /// <param name="number">How many edits of the client's period came before it.</param>
    public static RecordId IdOf(string clientId, Period period, int number) => new("msp", RecordKind.DraftEdit, string.Create(CultureInfo.InvariantCulture, $"{clientId}@{period}@{number + 1}"));

    /// <summary>Apart from those that are numbered, whatever it is called.</summary>
    /// <param name="name">Of who asked for the edit.</param>
    public static RecordId IdOf(string clientId, Period period, string name) => new("msp", RecordKind.DraftEdit, $"{clientId}@{period}@id:{name}");

    /// <summary>Whether it changes the same in the same words, whenever it was asked for.</summary>
    public bool IsSame(DraftEdit other) => other is not null && this == other with { Id = Id, At = At, Revision = Revision };
}

/// <summary>A rated line by what is the same for it in every computation of a period.</summary>
/// <param name="Line">Id of the agreement line that priced it.</param>
/// <param name="Item">What tells it from the others of the agreement line.</param>
/// <param name="From">The first day that it charges.</param>
/// <param name="Kind">What it is for.</param>
public sealed record EditedLine(string Line, string Item, DateOnly From, string Kind);
