using BenchmarkDotNet.Attributes;
using MspBilling.Adapters.Documents;
using MspBilling.App.Documents;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;

namespace MspBilling.Benchmarks;

/// <summary>From captured records to a bill, and from a bill to its PDF.</summary>
[MemoryDiagnoser]
public class InvoiceBenchmarks
{
    private readonly PdfInvoiceRenderer _renderer = new();
    private IReadOnlyList<Core.Capture.Activity> _activities = [];
    private InvoiceDocument _document = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _activities = BenchmarkMonth.Activities(1_000);
        _document = PrintedInvoice.Of(BenchmarkAgreements.Directory.Settings, Bill().Invoices[0], "HL-000001");
    }

    [Benchmark]
    public ClientBill Bill() =>
        ClientBilling.Bill(BenchmarkAgreements.Directory, BenchmarkAgreements.ClientId, BenchmarkMonth.September, BenchmarkMonth.September.End, _activities);

    [Benchmark]
    public byte[] Render() => _renderer.Render(_document);
}
