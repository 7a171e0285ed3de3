using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MspBilling.Adapters.Documents;
using MspBilling.Core.Documents;

namespace MspBilling.Benchmarks;

/// <summary>The two-page invoice of 60 lines as ours and as PDFKit's, with the same fonts, on one thread each, in turns.</summary>
/// <remarks>
/// The renderer has to reach 8 times PDFKit's documents a second with files under 80 KB. Ours lays the invoice out, formats its figures, and writes it tagged,
/// with bookmarks and as PDF/A; PDFKit gets finished text and draws it. In turns, because a machine is not always equally fast.
/// </remarks>
internal sealed class PdfKitComparison(Process node, IReadOnlyList<InvoiceDocument> documents)
{
    private const int Kinds = 77;

    private readonly PdfInvoiceRenderer _renderer = new();
    private int _rendered;

    public static async Task RunAsync(int seconds, int rounds)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "PdfKit");
        await InstallAsync(folder);
        InvoiceDocument[] documents = [.. Enumerable.Range(1, Kinds).Select(BenchmarkInvoice.Of)];
        await File.WriteAllTextAsync(Path.Combine(folder, "invoices.json"), JsonSerializer.Serialize(documents.Select(BenchmarkInvoice.TextOf)));
        foreach (var font in (string[])["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
        {
            await using var source = typeof(PdfInvoiceRenderer).Assembly.GetManifestResourceStream(font)!;
            await using var target = File.Create(Path.Combine(folder, font));
            await source.CopyToAsync(target);
        }

        using var node = Start("node", ["invoices.mjs", "invoices.json", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "pdfkit.pdf"], folder);
        var comparison = new PdfKitComparison(node, documents);
        await File.WriteAllBytesAsync(Path.Combine(folder, "ours.pdf"), comparison._renderer.Render(documents[0]));
        await comparison.RunAsync(TimeSpan.FromSeconds(seconds), rounds);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
    }

    private async Task RunAsync(TimeSpan each, int rounds)
    {
        // Until both are compiled by what compiles while they run.
        var (ours, theirs) = (Ours(1_500), await TheirsAsync(150));
        Console.WriteLine("round  ours/s  PDFKit/s  ratio  ours bytes  PDFKit bytes");
        var ratios = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            theirs = await TheirsAsync((int)(theirs.Rate * each.TotalSeconds));
            ours = Ours((int)(ours.Rate * each.TotalSeconds));
            ratios.Add(ours.Rate / theirs.Rate);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{round,5}  {ours.Rate,6:0}  {theirs.Rate,8:0.0}  {ratios[^1],5:0.0}  {ours.Bytes,10}  {theirs.Bytes,12}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(rounds / 2):0.0}, to be at least 8"));
    }

    private Measured Ours(int count)
    {
        var (start, bytes) = (TimeProvider.System.GetTimestamp(), 0);
        for (var number = 0; number < count; number++)
            bytes = _renderer.Render(documents[_rendered++ % documents.Count]).Length;

        return new Measured(count / TimeProvider.System.GetElapsedTime(start).TotalSeconds, bytes);
    }

    private async Task<Measured> TheirsAsync(int count)
    {
        await node.StandardInput.WriteLineAsync(count.ToString(CultureInfo.InvariantCulture));
        await node.StandardInput.FlushAsync();
        var answer = await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PDFKit's program ended: see its error above.");
        var parts = answer.Split(' ');
        return new Measured(count / double.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static async Task InstallAsync(string folder)
    {
        using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder })!;
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException("npm could not install PDFKit: see its error above.");
    }

    private static Process Start(string program, string[] arguments, string folder) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private readonly record struct Measured(double Rate, int Bytes);
}
