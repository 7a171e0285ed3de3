using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>What became of an invoice's number that was to be written at the source.</summary>
public enum InvoiceReferenceState
{
    /// <summary>The settings ask for none, or the source takes none for this kind of record.</summary>
    NotAsked,
    Written,

    /// <summary>It stood there already.</summary>
    AlreadyThere,

    /// <summary>The source has the record no more.</summary>
    Gone,
}

/// <summary>A source that takes the number of the invoice on which an activity was billed.</summary>
public interface IInvoiceReferenceWriter
{
    /// <summary>The source in the ids of its records, such as <c>connectwise</c>.</summary>
    string Name { get; }

    /// <summary>Whether the settings ask for numbers to be written.</summary>
    bool IsAsked { get; }

    /// <summary>Writes the number once, however often it is asked to; throws <see cref="SourceException"/> where the source refuses it or does not keep it.</summary>
    Task<InvoiceReferenceState> WriteAsync(RecordId activity, string invoiceNumber, CancellationToken cancellationToken);
}
