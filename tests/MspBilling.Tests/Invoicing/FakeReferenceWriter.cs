using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;

namespace MspBilling.Tests.Invoicing;

/// <summary>A source that keeps the numbers that are written on its time.</summary>
internal sealed class FakeReferenceWriter : IInvoiceReferenceWriter
{
    private int _calls;

    public string Name => "connectwise";

    public bool IsAsked { get; init; } = true;

    /// <summary>Entries with the numbers that stand on them.</summary>
    public SortedDictionary<string, string> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids that it was asked for.</summary>
    public List<string> Asked { get; } = [];

    public HashSet<string> Gone { get; } = [];

    /// <summary>Told each id before it is answered; fails with what it throws.</summary>
    public Func<string, CancellationToken, Task> Answering { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Told how many it was asked for, after the number is kept and before that is answered.</summary>
    public Action<int> Kept { get; set; } = _ => { };

    public async Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken)
    {
        Asked.Add(activity.ExternalId);
        await Answering(activity.ExternalId, cancellationToken);
        if (Gone.Contains(activity.ExternalId))
            return InvoiceReferenceState.Gone;

        var isThere = Numbers.GetValueOrDefault(activity.ExternalId) == invoiceNumber;
        if (!isThere)
            Numbers[activity.ExternalId] = string.Create(CultureInfo.InvariantCulture, $"{Numbers.GetValueOrDefault(activity.ExternalId)}{invoiceNumber}");
        Kept(++_calls);
        return isThere ? InvoiceReferenceState.AlreadyThere : InvoiceReferenceState.Written;
    }

    public static SourceException Failure(SourceFailure failure, string words) => new("connectwise", failure, words);
}
