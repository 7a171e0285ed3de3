using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>Adds up the rows of one account, SKU and day, in whatever order they come.</summary>
/// <remarks>
/// What makes a group: provider, billing account, sub-account, charge category, service, SKU, unit, currency, billing period
/// and UTC day. The billing period is part of it because a provider corrects a day of last month on this month's bill: the
/// correction stands beside what was billed and must not replace it. Of differing descriptions the first by ordinal order
/// is kept. The id that this makes is read again by <see cref="UsageScope"/>.
/// </remarks>
/// <param name="source">In the ids of the records.</param>
internal sealed class UsageGroups(string source)
{
    private const int MostIdCharacters = 10 * 3 * 4_000;

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly CommonTexts _texts = new();
    private readonly char[] _id = new char[MostIdCharacters];

    /// <summary>Adds a row; when the file cannot be taken any more, nothing is kept of it.</summary>
    public void Add(UsageRow row, bool mayAdd)
    {
        if (!mayAdd)
        {
            _groups.Clear();
            return;
        }

        var id = IdOf(row);
        var known = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(id, out var group))
        {
            group = new Group(row, _texts);
            known[id] = group;
        }

        group.Add(row);
    }

    /// <summary>By id, so that the order of the rows does not show; to be asked for once.</summary>
    /// <param name="revision">When the export was run, where that is known.</param>
    public IReadOnlyList<CapturedRecord> Records(DateTimeOffset? revision)
    {
        var groups = _groups.ToArray();
        Array.Sort(groups, (one, other) => string.CompareOrdinal(one.Key, other.Key));

        // A group goes when its record is there: both of all of them would be twice the memory.
        _groups.Clear();
        _groups.TrimExcess();
        var records = new CapturedRecord[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            records[i] = groups[i].Value.Record(new RecordId(source, RecordKind.Usage, groups[i].Key), revision);
            groups[i] = default;
        }

        return records;
    }

    /// <summary>The group's fields with a bar between them; a bar in a field is written <c>%7C</c> and <c>%</c> is <c>%25</c>.</summary>
    private ReadOnlySpan<char> IdOf(UsageRow row)
    {
        var length = 0;
        Append(row.Provider, ref length);
        Append(row.BillingAccount, ref length);
        Append(row.SubAccount, ref length);
        Append(row.Category, ref length);
        Append(row.Service, ref length);
        Append(row.Sku, ref length);
        Append(row.Unit, ref length);
        Append(row.Currency, ref length);
        Append(row.BillingPeriod, ref length);
        Append(row.Day, ref length);
        return _id.AsSpan(0, length - 1);
    }

    private void Append(ReadOnlySpan<char> field, ref int length)
    {
        foreach (var character in field)
        {
            if (character is '|' or '%')
            {
                (character is '|' ? "%7C" : "%25").CopyTo(_id.AsSpan(length));
                length += 3;
            }
            else
            {
                _id[length++] = character;
            }
        }

        _id[length++] = '|';
    }

    private void Append(DateOnly date, ref int length)
    {
        date.TryFormat(_id.AsSpan(length), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        length += written;
        _id[length++] = '|';
    }

    private sealed class Group(UsageRow first, CommonTexts texts)
    {
        private readonly string _provider = texts.Of(first.Provider);
        private readonly string _subAccount = texts.Of(first.SubAccount);
        private readonly string _category = texts.Of(first.Category);
        private readonly string _service = texts.Of(first.Service);
        private readonly string _sku = texts.Of(first.Sku);
        private readonly string _unit = texts.Of(first.Unit);
        private readonly string _currency = texts.Of(first.Currency);
        private readonly DateOnly _day = first.Day;

        private string? _subAccountName;
        private string? _description;
        private ExactSum _quantity;
        private ExactSum _cost;

        public void Add(UsageRow row)
        {
            _quantity.Add(row.Quantity);
            _cost.Add(row.Cost);
            _subAccountName = FirstOf(_subAccountName, row.SubAccountName, texts);
            _description = FirstOf(_description, row.Description, texts);
        }

        public UsageRecord Record(RecordId id, DateTimeOffset? revision) => new()
        {
            Id = id,
            Revision = revision,
            Provider = _provider,
            SubAccountId = _subAccount,
            SubAccountName = _subAccountName,
            Category = _category,
            Service = _service,
            Sku = _sku,
            Description = _description ?? _service,
            Day = _day,
            Quantity = _quantity.Total,
            Unit = _unit.Length == 0 ? null : _unit,
            Cost = _cost.Total,
            Currency = Currency.Of(_currency),
        };

        private static string? FirstOf(string? kept, ReadOnlySpan<char> other, CommonTexts texts) =>
            !other.IsEmpty && (kept is null || other.SequenceCompareTo(kept) < 0) ? texts.Of(other) : kept;
    }

    /// <summary>Texts that many groups have are in memory once.</summary>
    private sealed class CommonTexts
    {
        private const int Most = 20_000;

        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        public string Of(ReadOnlySpan<char> text)
        {
            if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
                return known;

            var added = text.ToString();
            if (_known.Count < Most)
                _known.Add(added);
            return added;
        }
    }
}
