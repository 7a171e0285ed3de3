namespace MspBilling.Local.Sample;

/// <summary>September 2024 of an invented MSP, as its systems would export it: the same bytes on every machine.</summary>
public static class SampleMonth
{
    public static IReadOnlyList<SampleFile> Generate()
    {
        var ofTicket = SampleTimeEntries.All.Where(entry => entry.Ticket is not null).ToLookup(entry => entry.Ticket!.Id);
        var ofPhase = SampleTimeEntries.All.Where(entry => entry.Ticket?.Phase is not null).ToLookup(entry => entry.Ticket!.Phase!.Id);
        return
        [
            SampleSettings.File(),
            SampleCompanies.File(),
            SampleAgreements.File(),
            SampleAdditions.File(),
            SampleRoleRates.File(),
            SampleMembers.RolesFile(),
            SampleMembers.File(),
            SampleTickets.File(ofTicket),
            SampleProjects.File(ofPhase),
            SampleProjects.PhasesFile(ofPhase),
            SampleDevices.File(),
            SampleTimeEntries.File(),
            SampleAzureExport.File(),
            new SampleFile("focus_sample.csv", SampleData.Read("focus_sample.csv")),
        ];
    }

    /// <summary>Writes the files into the directory, which is made if it is not there; files of the same name are replaced.</summary>
    public static void WriteTo(DirectoryInfo directory)
    {
        directory.Create();
        foreach (var file in Generate())
            File.WriteAllBytes(Path.Combine(directory.FullName, file.Name), file.Content);
    }
}
