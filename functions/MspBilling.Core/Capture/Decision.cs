using System.Globalization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

public enum DecisionKind
{
    /// <summary>It is billed, or let go, in spite of the reason for which it is held.</summary>
    Release,

    /// <summary>It is never billed.</summary>
    WriteOff,

    /// <summary>An earlier decision does not hold any more.</summary>
    Withdraw,
}

/// <summary>What a person has decided about held work: who, when, why, and about what.</summary>
/// <remarks>
/// <para>It is about the activity as it was: one whose content is another since has to be decided once more. A release lets it pass the one reason
/// that it names; what stands from month to month, such as an addition, is released from the period on for which it was decided, until it changes. A
/// write-off gives up what one period is worth, and no other.</para>
/// <para>Nothing is ever deleted: a decision is withdrawn by another one, and both stay.</para>
/// </remarks>
public sealed record Decision : CapturedRecord
{
    public required DecisionKind Kind { get; init; }

    public required RecordId Activity { get; init; }

    /// <summary>Of the activity's content, as it was decided about.</summary>
    public required string ActivityHash { get; init; }

    /// <summary>For whom it was held. A write-off that was decided while nobody was known holds for whoever it turns out to be.</summary>
    public required string ClientId { get; init; }

    /// <summary>In which it was held.</summary>
    public required Period Period { get; init; }

    /// <summary>Code of the reason for which it was held.</summary>
    public required string Reason { get; init; }

    /// <summary>What the hold was about, such as the rule that asked for a look.</summary>
    public string? Detail { get; init; }

    public required string By { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the decision that is withdrawn; null for the other kinds.</summary>
    public string? Withdraws { get; init; }

    /// <summary>Whether a part of the activity was held, and the rest billed or covered.</summary>
    public bool OfPart { get; init; }

    public decimal Hours { get; init; }

    public decimal Units { get; init; }

    /// <summary>What it would have brought, as far as that was known.</summary>
    public Money? Value { get; init; }

    public override bool IsOfOnePeriod => true;

    /// <summary>For whom reads what became of the work.</summary>
    public string Words => $"{By}, {Why}";

    /// <summary>As a decision that is past is spoken of: <c>release by Ann Lee on 2024-10-03</c>.</summary>
    public string Past => string.Create(CultureInfo.InvariantCulture, $"{(Kind == DecisionKind.Release ? "release" : "write-off")} by {By} on {At.UtcDateTime:yyyy-MM-dd}");

    /// <param name="number">How many decisions about the activity came before it.</param>
    public static RecordId IdOf(RecordId activity, int number) => new("msp", RecordKind.Decision, string.Create(CultureInfo.InvariantCulture, $"{activity}@{number + 1}"));
}
