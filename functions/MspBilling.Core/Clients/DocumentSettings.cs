namespace MspBilling.Core.Clients;

/// <summary>How documents are to look; null and empty where nothing is said, which leaves it to the MSP's own or to the standard.</summary>
public sealed record DocumentSettings
{
    /// <summary>As they are where nothing is said.</summary>
    public static IReadOnlyList<LineColumn> StandardColumns { get; } = [LineColumn.Quantity, LineColumn.Unit, LineColumn.UnitPrice, LineColumn.Discount];

    public PaperSize? Paper { get; init; }

    public LineGrouping? Grouping { get; init; }

    /// <summary>Each once, in the order in which they are printed.</summary>
    public IReadOnlyList<LineColumn>? Columns { get; init; }

    public AppendixContent? Appendix { get; init; }

    /// <summary>Whether each line says how its price came about.</summary>
    public bool? Explanations { get; init; }

    /// <summary><c>#RRGGBB</c>.</summary>
    public string? TextColor { get; init; }

    /// <summary><c>#RRGGBB</c>.</summary>
    public string? BoxColor { get; init; }

    /// <summary>By language; those without one are for every language that has none of its own.</summary>
    public IReadOnlyList<DocumentTexts>? Texts { get; init; }

    /// <summary>How to pay, by the currency of the invoice; other currencies are paid by the MSP's general instructions.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? PaymentInstructions { get; init; }

    /// <summary>What is said here, and else what the other says.</summary>
    public DocumentSettings Over(DocumentSettings? other) => other is null ? this : new DocumentSettings
    {
        Paper = Paper ?? other.Paper,
        Grouping = Grouping ?? other.Grouping,
        Columns = Columns ?? other.Columns,
        Appendix = Appendix ?? other.Appendix,
        Explanations = Explanations ?? other.Explanations,
        TextColor = TextColor ?? other.TextColor,
        BoxColor = BoxColor ?? other.BoxColor,
        Texts = Texts ?? other.Texts,
        PaymentInstructions = PaymentInstructions ?? other.PaymentInstructions,
    };

    /// <summary>The texts for a language: those of its region, else of the language, else the general ones.</summary>
    public DocumentTexts? TextsIn(string language) => Texts?
        .Where(texts => texts.Language is not { } tag || language == tag || language.StartsWith(tag + "-", StringComparison.Ordinal))
        .MaxBy(texts => texts.Language?.Length ?? 0);
}

/// <param name="Language">A BCP 47 language such as <c>de</c> or <c>de-AT</c>; null for every other.</param>
/// <param name="Intro">Above the lines.</param>
/// <param name="ClosingNote">Below the payment instructions.</param>
/// <param name="FooterLines">At the foot of every page.</param>
public sealed record DocumentTexts(string? Language, string? Intro, string? ClosingNote, IReadOnlyList<string> FooterLines);

/// <summary>A column of the lines that may be left out; number, description and net amount are always there.</summary>
public enum LineColumn
{
    Quantity,
    Unit,
    UnitPrice,
    Discount,
    TaxRate,
}

public enum PaperSize
{
    A4,
    Letter,
}

/// <summary>What lines stand together under, each group with its subtotal.</summary>
public enum LineGrouping
{
    Service,
    Agreement,

    /// <summary>The one ticket or project that all of a line's detail names; a line with several or none stands under its service.</summary>
    Reference,

    /// <summary>One table without groups.</summary>
    None,
}

/// <summary>How much of the activities behind the lines is printed.</summary>
public enum AppendixContent
{
    None,

    /// <summary>Without the technicians' notes.</summary>
    WithoutNotes,

    WithNotes,
}

/// <summary>An MSP's own fonts, as TrueType files.</summary>
public sealed record DocumentFonts(IReadOnlyList<byte> Regular, IReadOnlyList<byte> Bold);
