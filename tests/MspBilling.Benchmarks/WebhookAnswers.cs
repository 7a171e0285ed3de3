using System.Globalization;
using System.Net;
using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Local.Azurite;
using MspBilling.Local.Hosting;

namespace MspBilling.Benchmarks;

/// <summary>How long the served program takes to answer webhooks, with and without fetching what they tell of, beside the bare storage request of an answer.</summary>
/// <remarks>
/// All on one Azurite, in memory, in turns, with all of it on this machine: the senders, the program and Azurite, which is one process that does one thing at
/// a time. An answer has to take less than 100 ms. Once so many senders send as fast as they are answered, and once they come at a steady pace.
/// </remarks>
internal sealed class WebhookAnswers(string connectionString, Func<string> nextPrefix, int events)
{
    private const int FirstPort = 19_500;
    private const int Senders = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    public static async Task RunAsync(int events, int rounds)
    {
        await using var azurite = await AzuriteEmulator.StartAsync(FirstPort, data: null, notice: _ => { }, CancellationToken.None);
        Console.WriteLine("round  what                                       first    p50    p95    p99    max  ms");
        var storages = 0;
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (how, pace) in new[] { ($"{Senders} senders at once", TimeSpan.Zero), ($"every {Pace.TotalMilliseconds} ms", Pace) })
            {
                // What is warm after a tenth is warm; and a pace makes few of them take long.
                var answers = new WebhookAnswers(azurite.ConnectionString, () => string.Create(CultureInfo.InvariantCulture, $"bench{++storages}"), events / (round == 0 ? 10 : 1) / (pace == TimeSpan.Zero ? 1 : 5));
                Print(round, $"bare, {how}", await answers.BareAsync(pace));
                Print(round, $"answers, {how}", await answers.ServedAsync(pace, isFetching: false));
                Print(round, $"answers, fetching, {how}", await answers.ServedAsync(pace, isFetching: true));
            }
        }
    }

    private static void Print(int round, string what, IReadOnlyList<TimeSpan> took)
    {
        var sorted = took.Order().ToList();
        string At(int percent) => Milliseconds(sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)]);
        Console.WriteLine($"{(round == 0 ? "warm" : round.ToString(CultureInfo.InvariantCulture)),5}  {what,-40} {Milliseconds(took[0])} {At(50)} {At(95)} {At(99)} {At(100)}");
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(6);

    /// <summary>The transaction that keeps an event and what it tells of, and nothing else.</summary>
    private async Task<IReadOnlyList<TimeSpan>> BareAsync(TimeSpan pace)
    {
        var table = new TableServiceClient(connectionString).GetTableClient(nextPrefix() + "bare");
        await table.CreateAsync();
        var (told, waiting) = (new byte[2200], Encoding.UTF8.GetBytes(new string('w', 150)));
        var took = await MeasureAsync(pace, async id =>
        {
            var row = id.ToString(CultureInfo.InvariantCulture);
            await table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("connectwise", "E|" + row) { ["Json"] = told }),
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("connectwise", "R|" + row) { ["Json"] = waiting }),
            ]);
        });
        await table.DeleteAsync();
        return took;
    }

    private async Task<IReadOnlyList<TimeSpan>> ServedAsync(TimeSpan pace, bool isFetching)
    {
        await using var app = await ServeAsync(isFetching);
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        var took = await MeasureAsync(pace, async id =>
        {
            using var request = ToldEntries.Callback(id);
            using var answer = await http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                throw new InvalidOperationException($"A webhook was answered with {answer.StatusCode}.");
            }
        });
        await app.StopAsync();
        await app.Services.GetRequiredService<BillingStorage>().DeleteAsync(CancellationToken.None);
        return took;
    }

    private async Task<WebApplication> ServeAsync(bool isFetching)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:ConnectionString", connectionString), new("Storage:Prefix", nextPrefix()), .. ToldEntries.Settings]).Build();
        var app = LocalHost.Build(configuration, port: 0, services =>
        {
            services.AddLogging(logging => logging.ClearProviders()).Replace(ServiceDescriptor.Singleton<IRecordSource>(new ToldEntries()));
            services.AddHttpClient("connectwise-callback-keys").ConfigurePrimaryHttpMessageHandler(() => new ToldEntries.Key());
            if (!isFetching)
            {
                services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "WebhookWorker"));
            }
        });
        await app.Services.GetRequiredService<BillingStorage>().CreateAsync(CancellationToken.None);
        using (var settings = new MemoryStream(Encoding.UTF8.GetBytes(ManyEntries.Settings)))
        {
            await app.Services.GetRequiredService<ImportJob>().RunAsync("msp-settings.json", null, settings, CancellationToken.None);
        }

        await app.StartAsync();
        return app;
    }

    /// <summary>How long each took; the one that was first is first.</summary>
    private async Task<IReadOnlyList<TimeSpan>> MeasureAsync(TimeSpan pace, Func<int, Task> send)
    {
        var took = new TimeSpan[events];
        async Task OneAsync(int id)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await send(id);
            took[id] = TimeProvider.System.GetElapsedTime(begun);
        }

        await OneAsync(0);
        if (pace == TimeSpan.Zero)
        {
            await Parallel.ForEachAsync(Enumerable.Range(1, events - 1), new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (id, _) => await OneAsync(id));
            return took;
        }

        var sent = new List<Task>();
        using var timer = new PeriodicTimer(pace);
        for (var id = 1; id < events; id++)
        {
            await timer.WaitForNextTickAsync();
            sent.Add(OneAsync(id));
        }

        await Task.WhenAll(sent);
        return took;
    }
}
