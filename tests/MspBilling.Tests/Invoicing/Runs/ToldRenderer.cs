using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Documents;
using MspBilling.Core.Documents;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>Renders as ever, unless it is told something else of a document.</summary>
internal sealed class ToldRenderer(Func<InvoiceDocument, byte[]?> told) : IInvoiceRenderer
{
    private readonly PdfInvoiceRenderer _renderer = new();

    public static Action<IServiceCollection> For(Func<InvoiceDocument, byte[]?> told) => services => services.AddSingleton<IInvoiceRenderer>(new ToldRenderer(told));

    public byte[] Render(InvoiceDocument document) => told(document) ?? _renderer.Render(document);
}
