using System.CommandLine;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using MspBilling.Local.Sample;

namespace MspBilling.Local.Commands;

/// <summary><c>sample DIR</c>: writes the sample MSP's files, as examples of what can be imported.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where to; made where it is not there." };
        var command = new Command("sample", "Write the sample MSP's files to a folder: one of each format that can be imported.") { folder };
        command.SetAction(result =>
        {
            var target = result.GetRequiredValue(folder);
            try
            {
                SampleMonth.WriteTo(target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Screen.Problem($"{target.FullName} cannot be written to: {e.Message}");
                return ExitCode.BadInput;
            }

            var screen = new Screen(result.GetValue(LocalOptions.JsonOption));
            var files = target.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => file.FullName).ToList();
            screen.Answer(files, _ => { });
            screen.Notice($"{files.Count} files in {target.FullName}");
            return ExitCode.Done;
        });
        return command;
    }
}
