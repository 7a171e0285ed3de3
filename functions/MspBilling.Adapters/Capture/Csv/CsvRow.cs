using System.Text.RegularExpressions;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>One row. A cell that is missing or wrong becomes a problem in its place and is read as an empty value, so that reading goes on to find more.</summary>
/// <remarks>
/// What a spreadsheet does to texts is undone where it can be, <c>="00123"</c> and <c>'00123</c> are 00123, and refused where something was lost: an id
/// as 1.23E+12, a value that it could not compute.
/// </remarks>
internal sealed partial class CsvRow(CsvReader csv, IReadOnlyDictionary<CsvColumn, int> places, CsvDialect dialect, ProblemList problems)
{
    /// <summary>The longest text that a spreadsheet's cell has.</summary>
    private const int MostCharacters = 32_767;
    private const int MostIdCharacters = 400;

    private static readonly string[] NotComputed = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

    private static readonly Dictionary<string, BillingOption> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["yes"] = BillingOption.Billable,
        ["y"] = BillingOption.Billable,
        ["true"] = BillingOption.Billable,
        ["1"] = BillingOption.Billable,
        ["billable"] = BillingOption.Billable,
        ["wahr"] = BillingOption.Billable,
        ["ja"] = BillingOption.Billable,
        ["vrai"] = BillingOption.Billable,
        ["oui"] = BillingOption.Billable,
        ["no"] = BillingOption.DoNotBill,
        ["n"] = BillingOption.DoNotBill,
        ["false"] = BillingOption.DoNotBill,
        ["0"] = BillingOption.DoNotBill,
        ["non-billable"] = BillingOption.DoNotBill,
        ["falsch"] = BillingOption.DoNotBill,
        ["nein"] = BillingOption.DoNotBill,
        ["faux"] = BillingOption.DoNotBill,
        ["non"] = BillingOption.DoNotBill,
        ["no charge"] = BillingOption.NoCharge,
        ["free"] = BillingOption.NoCharge,
    };

    public CsvDialect Dialect => dialect;

    public TextPlace Start => new(csv.Line, 0);

    /// <summary>Whether anything was wrong with it so far.</summary>
    public bool IsWrong { get; private set; }

    public bool Has(CsvColumn column) => Cell(column).Length > 0;

    /// <summary>The cell as it is read, or null.</summary>
    public string? Shown(CsvColumn column) => Cell(column) is { Length: > 0 } cell ? cell : null;

    public TextPlace PlaceOf(CsvColumn column) => places.TryGetValue(column, out var place) && place < csv.Count ? csv.PlaceOf(place) : Start;

    /// <summary>Null where the cell is empty; a problem where the column is one that each row has a value in.</summary>
    public string? Text(CsvColumn column) => Read(column, "a text", MostCharacters);

    /// <summary>A text that stands for something else, of which no sign may be lost.</summary>
    public string? Id(CsvColumn column)
    {
        var text = Read(column, "an id or a name", MostIdCharacters);
        if (text is null)
            return null;

        if (CsvNumbers.IsShortened(text) && text.AsSpan().ContainsAny('+', '-'))
            return Wrong(column, "the id in full: a spreadsheet has shortened this one; format the column as text, enter it again and save");
        return text[0] == '=' ? Wrong(column, "an id or a name, but this is a formula") : text;
    }

    public decimal? Number(CsvColumn column, string words, decimal least = -JsonRecord.Trillion, decimal most = JsonRecord.Trillion)
    {
        if (Read(column, words, MostCharacters) is not { } text)
            return null;

        if (CsvNumbers.TryRead(text, dialect, out var number) && number >= least && number <= most)
            return number;

        Problem(column, CsvNumbers.Expected(text, dialect, words));
        return null;
    }

    /// <summary>As <c>1:30</c> or <c>1.5</c>.</summary>
    public decimal? Hours(CsvColumn column)
    {
        const string Words = "hours of 0 to 10000, as 1:30 or 1.5";
        if (Read(column, Words, MostCharacters) is not { } text)
            return null;

        if (CsvNumbers.TryHours(text, dialect, out var hours) && hours is >= 0 and <= 10_000)
            return hours;

        Problem(column, CsvNumbers.Expected(text, dialect, Words));
        return null;
    }

    public decimal? Amount(CsvColumn column, Currency currency)
    {
        var words = $"an amount in {currency}, with no other currency's symbol, below a trillion";
        if (Read(column, words, MostCharacters) is not { } text)
            return null;

        if (CsvNumbers.TryAmount(text, dialect, currency, out var amount))
            return amount;

        Problem(column, CsvNumbers.Expected(text, dialect, words));
        return null;
    }

    /// <summary>That of the row, else the one that is declared.</summary>
    public Currency? Currency(CsvColumn column)
    {
        if (Cell(column) is not { Length: > 0 } text)
        {
            if (dialect.Currency is null)
                Problem(column, "an ISO 4217 currency code such as EUR, in each row or declared for the file (currency EUR)");
            return dialect.Currency;
        }

        if (Core.Currency.TryParse(text.ToUpperInvariant(), out var currency))
            return currency;

        Problem(column, "an ISO 4217 currency code such as EUR");
        return null;
    }

    public DateOnly? Day(CsvColumn column)
    {
        if (Moment(column, "a date like 2024-09-18") is not { } moment)
            return null;

        if (moment.Time is null || (moment.Time == TimeOnly.MinValue && moment.Offset is null))
            return moment.Day;

        Problem(column, "a date without a time of day");
        return null;
    }

    /// <param name="words">With an example in ISO 8601.</param>
    public CsvMoment? Moment(CsvColumn column, string words)
    {
        if (Read(column, words, MostCharacters) is not { } text)
            return null;

        if (CsvDates.TryRead(text, dialect, out var moment) && moment.Day.Year is >= 1990 and <= 9999)
            return moment;

        Problem(column, CsvDates.Expected(text, dialect, words));
        return null;
    }

    public BillingOption Billable(CsvColumn column)
    {
        if (Cell(column) is not { Length: > 0 } text)
            return BillingOption.Default;

        if (Options.TryGetValue(text, out var option))
            return option;

        Problem(column, "yes, no or no charge");
        return BillingOption.Default;
    }

    /// <summary><c>key</c> or <c>key=value</c>, with <c>|</c> between several; null for none.</summary>
    public IReadOnlyList<string>? Texts(CsvColumn column) =>
        Text(column)?.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } texts ? [.. texts.Distinct(StringComparer.Ordinal)] : null;

    public string? Word(CsvColumn column, IReadOnlyDictionary<string, string> words)
    {
        if (Text(column) is not { } text)
            return null;

        return words.TryGetValue(text, out var word) ? word : Wrong(column, "one of " + string.Join(", ", words.Keys));
    }

    /// <summary>Says what is wrong with a cell.</summary>
    public void Problem(CsvColumn column, string expected)
    {
        IsWrong = true;
        problems.Add(PlaceOf(column), column.Name, Shown(column), expected);
    }

    private string? Wrong(CsvColumn column, string expected)
    {
        Problem(column, expected);
        return null;
    }

    private string? Read(CsvColumn column, string words, int most)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return column.IsRequired ? Wrong(column, words) : null;
        if (text.Length > most)
            return Wrong(column, $"at most {ReadLimit.Number(most)} characters");
        return NotComputed.Contains(text) || NoRoom().IsMatch(text) ? Wrong(column, words + ", but the spreadsheet could not compute or show this one") : text;
    }

    /// <summary>The cell without what a spreadsheet puts around texts; empty where there is none.</summary>
    private string Cell(CsvColumn column)
    {
        if (!places.TryGetValue(column, out var place) || place >= csv.Count)
            return "";

        var cell = csv[place].Trim();
        if (cell.StartsWith("=\"") && cell.EndsWith("\"") && cell.Length >= 3)
            return cell[2..^1].Trim().ToString();

        // An apostrophe keeps what follows a text; before other letters it may be part of one.
        return (cell is ['\'', (>= '0' and <= '9') or '=' or '+' or '-' or '@', ..] ? cell[1..] : cell).ToString();
    }

    [GeneratedRegex("^#{2,}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NoRoom();
}
