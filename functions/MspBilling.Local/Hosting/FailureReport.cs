namespace MspBilling.Local.Hosting;

/// <summary>The details of a failure that no rule foresaw, in a file that can be sent to who mends it.</summary>
internal static class FailureReport
{
    /// <returns>Where it was written.</returns>
    public static string Write(Exception failure)
    {
        var file = Path.Combine(Path.GetTempPath(), $"msp-billing-failure-{Environment.ProcessId}.txt");
        File.WriteAllText(file, failure.ToString());
        return file;
    }
}
