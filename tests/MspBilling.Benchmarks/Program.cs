using System.Globalization;
using BenchmarkDotNet.Running;
using MspBilling.Benchmarks;

// All of them: dotnet run -c Release --project tests/MspBilling.Benchmarks -- --filter '*'
// Pulling against bare upserts: dotnet run -c Release --project tests/MspBilling.Benchmarks -- pull [entries] [rounds]
if (args is ["pull", .. var numbers])
{
    int NumberAt(int index, int otherwise) => numbers.Length > index ? int.Parse(numbers[index], CultureInfo.InvariantCulture) : otherwise;
    await PullComparison.RunAsync(NumberAt(0, 100_000), NumberAt(1, 3));
    return;
}

// Reading cloud usage as CSV, gzip and Parquet: dotnet run -c Release --project tests/MspBilling.Benchmarks -- usage [rows]
if (args is ["usage", .. var rows])
{
    await UsageReading.RunAsync(rows.Length > 0 ? int.Parse(rows[0], CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

if (args is ["usage-read", var path])
{
    UsageReading.Read(path);
    return;
}

// An invoice's PDF against PDFKit's: dotnet run -c Release --project tests/MspBilling.Benchmarks -- pdf [seconds a turn] [rounds]
if (args is ["pdf", .. var turns])
{
    int TurnAt(int index, int otherwise) => turns.Length > index ? int.Parse(turns[index], CultureInfo.InvariantCulture) : otherwise;
    await PdfKitComparison.RunAsync(TurnAt(0, 5), TurnAt(1, 5));
    return;
}

// Answers to webhooks, with and without fetching, against the bare storage request: dotnet run -c Release --project tests/MspBilling.Benchmarks -- webhooks [events] [rounds]
if (args is ["webhooks", .. var counts])
{
    int CountAt(int index, int otherwise) => counts.Length > index ? int.Parse(counts[index], CultureInfo.InvariantCulture) : otherwise;
    await WebhookAnswers.RunAsync(CountAt(0, 2500), CountAt(1, 1));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(PullComparison).Assembly).Run(args);
