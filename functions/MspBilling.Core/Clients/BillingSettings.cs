namespace MspBilling.Core.Clients;

/// <summary>How a client's invoices are made, of the MSP or of one client; null where nothing is said, which leaves it to the MSP's own or to the standard.</summary>
public sealed record BillingSettings
{
    public InvoiceSplit? Split { get; init; }

    /// <summary>The first day that is billed without anybody's asking, and from which on the cycle holds: the first of a month. Null where periods are closed by hand.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Of the periods that are billed.</summary>
    public int? CycleMonths { get; init; }

    /// <summary>In which a cycle begins: 1 for January.</summary>
    public int? FirstMonth { get; init; }

    /// <summary>Days after a period's last one in which late work still comes with it.</summary>
    public int? GraceDays { get; init; }

    /// <summary>What is said here, and else what the other says.</summary>
    public BillingSettings Over(BillingSettings? other) => other is null ? this : new BillingSettings
    {
        Split = Split ?? other.Split,
        From = From ?? other.From,
        CycleMonths = CycleMonths ?? other.CycleMonths,
        FirstMonth = FirstMonth ?? other.FirstMonth,
        GraceDays = GraceDays ?? other.GraceDays,
    };
}

/// <summary>What has an invoice of its own within a client's period; a currency always has.</summary>
public enum InvoiceSplit
{
    /// <summary>One invoice for all agreements of a currency.</summary>
    Currency,

    Agreement,

    /// <summary>Agreements without an order share one.</summary>
    PurchaseOrder,

    /// <summary>Where the agreement serves; agreements without a site share one.</summary>
    Site,
}
