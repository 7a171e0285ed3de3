using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MspBilling.Core.Invoicing;

/// <summary>Where an invoice stands in its life: one of seven, each with the ones that it may become.</summary>
/// <remarks>
/// <para>draft to approved to issued; from there part-paid and paid, as payments come and go; an issued or part-paid one is written off. A credit note of all
/// of it makes it void, whether it was paid or written off before or not. A draft that is computed again is a draft; an approved one may become a draft once more,
/// when its approval is taken back. What was issued never becomes a draft again, and what is void stays void: it is corrected by a new invoice.</para>
/// <para>1,000.00 issued, 400.00 paid: part-paid; the other 600.00: paid; the 600.00 returned by the bank: part-paid again; 600.00 given up: written off.</para>
/// </remarks>
[JsonConverter(typeof(CodeConverter))]
public sealed class InvoiceState
{
    /// <summary>Computed anew by every close; it has no number.</summary>
    public static readonly InvoiceState Draft = new("draft", "a draft", "approved", "issued");

    /// <summary>Let go by a person, as it was then; it gets its number next.</summary>
    public static readonly InvoiceState Approved = new("approved", "approved", "draft", "issued");

    /// <summary>It has its number and is not changed any more.</summary>
    public static readonly InvoiceState Issued = new("issued", "issued", "part-paid", "paid", "void", "written-off");

    public static readonly InvoiceState PartPaid = new("part-paid", "paid in part", "issued", "paid", "void", "written-off");

    public static readonly InvoiceState Paid = new("paid", "paid", "issued", "part-paid", "void");

    /// <summary>Credited as a whole.</summary>
    public static readonly InvoiceState Void = new("void", "void");

    /// <summary>What is left of it is not expected any more; a payment that comes all the same takes that back.</summary>
    public static readonly InvoiceState WrittenOff = new("written-off", "written off", "issued", "part-paid", "paid", "void");

    private static readonly FrozenDictionary<string, InvoiceState> All =
        new[] { Draft, Approved, Issued, PartPaid, Paid, Void, WrittenOff }.ToFrozenDictionary(state => state.Code, StringComparer.Ordinal);

    private readonly string _words;
    private readonly string[] _next;

    private InvoiceState(string code, string words, params string[] next) => (Code, _words, _next) = (code, words, next);

    /// <summary>Stable; stored and used in addresses.</summary>
    public string Code { get; }

    /// <summary>Whether it can be changed no more, save by payments, credit notes and write-offs.</summary>
    public bool IsIssued => this != Draft && this != Approved;

    /// <summary>All states, in the order of an invoice's life.</summary>
    public static IReadOnlyList<InvoiceState> Known { get; } = [Draft, Approved, Issued, PartPaid, Paid, Void, WrittenOff];

    /// <summary>The state of a code; null where there is none.</summary>
    public static InvoiceState? Find(string? code) => code is null ? null : All.GetValueOrDefault(code);

    /// <summary>What payments and credits make of an issued invoice that is neither void nor written off.</summary>
    /// <param name="total">Of the invoice.</param>
    /// <param name="balance">What is still to be paid, in the same currency.</param>
    public static InvoiceState Of(Money total, Money balance) => balance.IsZero ? Paid : balance == total ? Issued : PartPaid;

    /// <summary>Why it cannot become that, in words for who asked for it; null where it can. To become what it is changes nothing and is allowed.</summary>
    public string? Refusal(InvoiceState next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next == this || Array.Exists(_next, code => code == next.Code) ? null
            : this == Void ? $"The invoice is void and cannot be {next._words}. Bill what is right on a new invoice."
            : IsIssued && !next.IsIssued ? $"The invoice is {_words} and cannot be {next._words} any more. Credit it, and bill what is right on a new invoice."
            : !IsIssued ? $"The invoice is {_words} and cannot be {next._words} before it is issued. Approve it first."
            : $"The invoice is {_words} and cannot be {next._words}.";
    }

    /// <summary>The state that it becomes.</summary>
    /// <exception cref="InvalidOperationException">It cannot: whoever calls this has asked for <see cref="Refusal"/> before.</exception>
    public InvoiceState To(InvoiceState next) => Refusal(next) is { } refusal ? throw new InvalidOperationException(refusal) : next;

    public override string ToString() => Code;

    private sealed class CodeConverter : JsonConverter<InvoiceState>
    {
        public override InvoiceState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Find(reader.GetString()) ?? throw new JsonException("not a state of an invoice");

        public override void Write(Utf8JsonWriter writer, InvoiceState value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }
}
