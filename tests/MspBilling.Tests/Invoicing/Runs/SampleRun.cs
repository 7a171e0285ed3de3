using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample month taken through the program, step by step.</summary>
internal static class SampleRun
{
    // Of what the clouds tell, which is most of it and takes the longest, a tenth.
    private const int CloudShare = 10;

    private static readonly Lazy<IReadOnlyList<SampleFile>> Files = new(() => [.. SampleMonth.Generate().Select(file => file.Name.EndsWith(".csv", StringComparison.Ordinal) ? Shortened(file) : file)]);

    /// <summary>The files of the month, with a tenth of the cloud usage.</summary>
    public static IReadOnlyList<SampleFile> Month => Files.Value;

    public static Period September { get; } = Period.Month(2024, 9);

    private static SampleFile Shortened(SampleFile file)
    {
        var lines = Encoding.UTF8.GetString(file.Content).Split('\n');
        return new SampleFile(file.Name, Encoding.UTF8.GetBytes(string.Join('\n', lines.Where((_, line) => line % CloudShare == 0)) + "\n"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<IReadOnlyList<ImportReport>> ImportAsync(TestStorage storage, IEnumerable<SampleFile> files)
    {
        var reports = new List<ImportReport>();
        foreach (var file in files)
        {
            using var content = new MemoryStream(file.Content);
            reports.Add(await storage.Get<ImportJob>().RunAsync(file.Name, null, content, Token));
        }

        Assert.DoesNotContain(reports, report => report.State == ImportState.Refused);
        return reports;
    }

    public static Task CloseAsync(TestStorage storage) => storage.Get<BillingRunner>().Start(September).Task;

    public static async Task BookAsync(TestStorage storage)
    {
        while (await storage.Get<AccountingPump>().PumpOnceAsync(Token) > 0)
        {
        }
    }

    public static IReadOnlyList<CapturedRecord> Parse(IEnumerable<SampleFile> files) =>
        [.. files.SelectMany(file => ImportReader.Read(file.Name, null, new MemoryStream(file.Content)).Records)];

    public static SampleFile File(string name) => Month.Single(file => file.Name == name);

    /// <summary>A file of ConnectWise records with some of them changed.</summary>
    public static SampleFile Edited(string name, Action<JsonArray> edit)
    {
        var records = JsonNode.Parse(File(name).Content)!.AsArray();
        edit(records);
        return new SampleFile(name, JsonSerializer.SerializeToUtf8Bytes(records));
    }

    public static JsonNode Numbered(this JsonArray records, long id) => records.Single(record => (long)record!["id"]! == id)!;

    public static Task<IReadOnlyList<T>> ListAsync<T>(TestStorage storage) => storage.Get<BillStore>().ListAsync<T>(September, Token);

    /// <summary>Everything that the outcomes say was captured.</summary>
    public static async Task<(int Activities, decimal Hours, decimal Units)> CapturedAsync(TestStorage storage, Func<ClientOutcome, bool>? which = null)
    {
        var totals = (await ListAsync<ClientOutcome>(storage)).Where(which ?? (_ => true)).SelectMany(o => o.Totals).ToList();
        return (totals.Sum(t => t.Activities), totals.Sum(t => t.Hours), totals.Sum(t => t.Units));
    }

    public static decimal HeldHours(ClientOutcome outcome) => outcome.Totals.Where(t => t.Kind == DispositionKind.Held).Sum(t => t.Hours);
}
