using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Local.Output;

/// <summary>Copies of a period's documents and import files in a folder, for who wants to open them.</summary>
internal sealed class OutputFolder(DirectoryInfo root, BillStore bills, AccountingFileStore accounting)
{
    private static readonly string[] Systems = ["quickbooks", "xero"];

    /// <returns>The period's folder, and the numbers of invoices whose document is not in the storage any more.</returns>
    public async Task<(DirectoryInfo Folder, IReadOnlyList<string> Missing)> WriteAsync(Period period, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(Path.Combine(root.FullName, period.ToString()));
        var invoices = folder.CreateSubdirectory("invoices");
        var missing = new List<string>();
        foreach (var invoice in await bills.ListAsync<IssuedInvoice>(period, cancellationToken).ConfigureAwait(false))
        {
            var file = new FileInfo(Path.Combine(invoices.FullName, Uri.EscapeDataString(invoice.Number) + ".pdf"));
            if (await IsAsync(file, invoice.PdfHash, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            if (await bills.FindPdfAsync(period, invoice.Number, cancellationToken).ConfigureAwait(false) is { } pdf)
            {
                await WriteWholeAsync(file, pdf, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                missing.Add(invoice.Number);
            }
        }

        foreach (var system in Systems)
        {
            var files = folder.CreateSubdirectory(Path.Combine("accounting", system));
            foreach (var (name, content) in await accounting.ListAsync(system, period, cancellationToken).ConfigureAwait(false))
            {
                await WriteWholeAsync(new FileInfo(Path.Combine(files.FullName, Path.GetFileName(name))), content, cancellationToken).ConfigureAwait(false);
            }
        }

        return (folder, missing);
    }

    // A file of this number may be of another storage that wrote to the same folder before.
    private static async Task<bool> IsAsync(FileInfo file, string hash, CancellationToken cancellationToken) =>
        file.Exists && RecordJson.Hash(await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false)) == hash;

    // Under another name first: a file that is there is a whole one.
    private static async Task WriteWholeAsync(FileInfo file, byte[] content, CancellationToken cancellationToken)
    {
        var unfinished = file.FullName + ".part";
        await File.WriteAllBytesAsync(unfinished, content, cancellationToken).ConfigureAwait(false);
        File.Move(unfinished, file.FullName, overwrite: true);
    }
}
